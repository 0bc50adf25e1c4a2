import { randomInt } from 'node:crypto';
import { adjectives, nouns } from './words.ts';

/** A name such as `silver-otter-417`, for a run that was given none. At most 20 characters, as MLflow's are. */
export function randomRunName(): string {
  return `${pick(adjectives)}-${pick(nouns)}-${randomInt(0, 1001)}`;
}

const pick = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';
