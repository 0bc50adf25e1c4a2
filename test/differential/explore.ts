import fc from 'fast-check';
import type { Area } from './area.ts';
import type { Target } from '../wire/play.ts';
import type { Kirka } from './kirka.ts';
import { Pair } from './pair.ts';
import type { Outcome } from './pair.ts';
import type { Failure } from './report.ts';

export interface Exploration {
  readonly area: Area;
  readonly sequences: number;
  readonly seed: number;
  /** Replays exactly what fast-check reported, instead of a number of sequences. */
  readonly path?: string | undefined;
  /** Sequences in flight. */
  readonly lanes: number;
  /** After so many differences it ends. */
  readonly mostFailures: number;
  readonly onPlayed: (outcome: Outcome) => void;
  readonly onFailure: (failure: Failure) => void;
}

/** Sequences of one `fc.check`. A chunk has a seed of its own, so what it generates does not depend on the lanes. */
const chunkSize = 25;
/** How many more sequences a difference may cost while it is shrunk. */
const mostShrinks = 150;

/** Sends generated sequences to both servers. @returns how many differed */
export async function explore(mlflow: Target, kirka: Kirka, exploration: Exploration): Promise<number> {
  const { area, sequences, seed, path, lanes, mostFailures } = exploration;
  let newPair = (): Pair => Pair.of(mlflow, kirka);
  if (area.world) {
    const world = newPair();
    const outcome = await world.play(area.world);
    if (outcome.differs) {
      exploration.onFailure({ area: `the world of ${area.name}`, seed, path: '0', outcome });
      return 1;
    }
    newPair = () => world.fork();
  }
  const chunks = path === undefined ? Math.ceil(sequences / chunkSize) : 1;
  let next = 0;
  let failures = 0;
  const lane = async (): Promise<void> => {
    while (next < chunks && failures < mostFailures) {
      const chunk = next++;
      const failure = await check(newPair, exploration, {
        seed: seed + chunk,
        numRuns: Math.min(chunkSize, sequences - chunk * chunkSize),
        ...(path === undefined ? {} : { path }),
      });
      if (failure === undefined) continue;
      failures++;
      exploration.onFailure({ area: area.name, ...failure });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, chunks) }, lane));
  return failures;
}

async function check(
  newPair: () => Pair,
  { area, onPlayed }: Exploration,
  parameters: { seed: number; numRuns: number; path?: string },
): Promise<Omit<Failure, 'area'> | undefined> {
  let smallest: Outcome | undefined;
  let shrinks = 0;
  const property = fc.asyncProperty(area.sequences, async (steps) => {
    if (smallest !== undefined && shrinks++ >= mostShrinks) return true;
    const outcome = await newPair().play(steps);
    onPlayed(outcome);
    if (outcome.differs) smallest = outcome;
    return !outcome.differs;
  });
  const details = await fc.check(property, parameters);
  if (!details.failed) return undefined;
  if (smallest === undefined) throw new Error('a sequence could not be played', { cause: details.errorInstance });
  return { seed: details.seed, path: details.counterexamplePath ?? '', outcome: smallest };
}
