import { readFileSync, writeFileSync } from 'node:fs';
import { parseExact, printExact } from './exact-json.ts';
import type { ExactJson } from './exact-json.ts';
import type { Exchange } from './play.ts';

/** Recorded exchanges of one group of sequences, by the sequence's name. */
export type Recording = Readonly<Record<string, readonly Exchange[]>>;

const fileOf = (group: string): URL => new URL(`./recorded/${group}.json`, import.meta.url);

/** @throws where the group was never recorded */
export function readRecording(group: string): Recording {
  return parseExact(readFileSync(fileOf(group), 'utf8')) as unknown as Recording;
}

/** Sequences stand in the order in which they are written; keys within an answer are sorted. */
export function writeRecording(group: string, recording: Recording): void {
  const parts = Object.entries(recording).map(
    ([name, exchanges]) => `  ${JSON.stringify(name)}: ${printExact(exchanges as unknown as ExactJson, '  ')}`,
  );
  writeFileSync(fileOf(group), `{\n${parts.join(',\n')}\n}\n`);
}

/** An exchange for a reader and for comparison: equal ones print equally. */
export const printExchange = (exchange: Exchange): string => printExact(exchange as unknown as ExactJson);
