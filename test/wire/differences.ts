import { explained } from './explained.ts';
import type { Exchange } from './play.ts';
import { printExchange } from './recording.ts';

/** Where our answers are meant to differ from MLflow's: what they are instead, and why. */
export interface Difference {
  readonly reason: string;
  readonly group: string;
  readonly sequence: string;
  /** By the step of the sequence, counted from 0. */
  readonly ours: Readonly<Record<number, Partial<Omit<Exchange, 'request'>>>>;
}

/** A step of a recorded sequence, counted from 0. */
export interface Place {
  readonly group: string;
  readonly sequence: string;
  readonly step: number;
}

/**
 * The exchange to expect: the recorded one, or what is explained to stand in its place.
 * @throws where the explained answer is the recorded one: the difference is gone, and so must be its entry
 */
export function explain(recorded: Exchange, place: Place, more: readonly Difference[] = []): Exchange {
  const found = [...more, ...explained].find(
    ({ group, sequence, ours }) => group === place.group && sequence === place.sequence && place.step in ours,
  );
  if (!found) return recorded;
  const expected = { ...recorded, ...found.ours[place.step] };
  if (printExchange(expected) === printExchange(recorded)) {
    throw new Error(`'${place.sequence}', step ${String(place.step)}: no longer differs, so drop: ${found.reason}`);
  }
  return expected;
}
