import { expect } from 'chai';
import { explain } from './differences.ts';
import type { Difference } from './differences.ts';
import { play } from './play.ts';
import type { Exchange, Target } from './play.ts';
import { printExchange, readRecording } from './recording.ts';
import type { Need, Sequence } from './sequence.ts';
import { groups } from './sequences/index.ts';

export interface ReplayOptions {
  /** Makes the target ready, and is undone by the `close` of what it gives. */
  readonly open: () => Promise<Target & { readonly close: () => Promise<void> }>;
  /** What the target fulfils; a sequence that needs more is not defined on it. */
  readonly fulfils: readonly Need[];
  /** Explained differences of this target, beside those that every target of ours has. */
  readonly differences?: readonly Difference[];
}

/**
 * Defines a test for each recorded sequence: the target must answer every step as MLflow's server did, but for what
 * {@link Normaliser} takes out and for the explained differences. The same sequences hold the backend alone, the local
 * gateway, real Knox, and any store behind them.
 */
export function describeRecorded(name: string, { open, fulfils, differences = [] }: ReplayOptions): void {
  const unmet = ({ needs = [] }: Sequence): boolean => needs.some((need) => !fulfils.includes(need));

  describe(`${name} answers as MLflow's server did`, () => {
    const wanted = Object.entries(groups).map(
      ([group, sequences]) => [group, sequences.filter((sequence) => !unmet(sequence))] as const,
    );
    for (const { group, sequence } of differences) {
      const known = wanted.some(([name, played]) => name === group && played.some((one) => one.name === sequence));
      if (!known) throw new Error(`a difference is explained of '${sequence}' in ${group}, which is not played`);
    }
    let target: Awaited<ReturnType<typeof open>>;
    let answers: ReadonlyMap<Sequence, Promise<Exchange[]>>;
    before(async function () {
      this.timeout(600_000);
      target = await open();
      answers = await playAll(
        target,
        wanted.flatMap(([, sequences]) => sequences),
      );
    });
    after(() => target.close());

    for (const [group, sequences] of wanted.filter(([, played]) => played.length > 0)) {
      describe(group, () => {
        const recording = readRecording(group);
        for (const sequence of sequences) {
          it(sequence.name, async () => {
            const expected = recorded(recording[sequence.name], group, sequence, differences);
            const actual = (await answers.get(sequence)) ?? [];
            expect(actual.map(printExchange).join('\n')).to.equal(expected.map(printExchange).join('\n'));
          });
        }
      });
    }
  });
}

const lanes = 8;

/**
 * Starts the sequences, some at a time: none looks at what is another's, and a store that gathers commits is then as
 * quick as it can be. Those that need the store empty are over before the others begin.
 */
async function playAll(
  target: Target,
  sequences: readonly Sequence[],
): Promise<ReadonlyMap<Sequence, Promise<Exchange[]>>> {
  const answers = new Map<Sequence, Promise<Exchange[]>>();
  const start = (sequence: Sequence): Promise<unknown> => {
    const played = play(target, sequence);
    answers.set(sequence, played);
    return played.catch(() => undefined); // the sequence's own test reports it
  };
  const [first, rest] = [true, false].map((empty) =>
    sequences.filter(({ needs = [] }) => needs.includes('empty-store') === empty),
  ) as [Sequence[], Sequence[]];
  for (const sequence of first) await start(sequence);
  const queue = rest.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const sequence of queue) await start(sequence);
    }),
  );
  return answers;
}

/** The recorded exchanges with the explained differences in their place. */
function recorded(
  exchanges: readonly Exchange[] | undefined,
  group: string,
  { name }: Sequence,
  differences: readonly Difference[],
): readonly Exchange[] {
  if (exchanges === undefined) throw new Error(`'${name}' was never recorded: npm run record ${group}`);
  return exchanges.map((exchange, step) => explain(exchange, { group, sequence: name, step }, differences));
}
