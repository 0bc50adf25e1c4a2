import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../../backend/call-context.ts';
import type { Experiment } from '../../../../backend/entities/experiment.ts';
import { wholeRun } from '../../../../backend/stores/contract/index.ts';
import type { NameTaken, Store } from '../../../../backend/stores/contract/index.ts';
import { newExperiment, newRun, point, scanned } from '../../../contract/store/samples.ts';
import { afterFailures, faults, told } from '../../../support/failing-hbase.ts';

const options = { numRuns: 60 };

describe('the store on an HBase that fails', () => {
  it('loses and doubles no acknowledged change of a run', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        let run = newRun();
        const answers: unknown[] = [];
        const after = await afterFailures(draw, async (a, b) => {
          while ((await told(a.runs.create(background, run))) === 'not known') run = newRun();
          const add = async (store: Store, i: number): Promise<void> => {
            const change = store.runs.update(
              background,
              run.info.runId,
              { tags: ['n'], params: ['once'] },
              ({ tags, params }) => ({
                setTags: new Map([
                  ['n', String(Number(tags.get('n') ?? 0) + 1)],
                  [`by ${i}`, ''],
                ]),
                points: [point('m', i, i)],
                ...(params.has('once') ? {} : { setParams: new Map([['once', String(i)]]) }),
              }),
            );
            answers[i] = await told(change);
          };
          await Promise.all(Array.from({ length: 12 }, (_, i) => add(i % 2 ? a : b, i)));
        });
        const found = await after.runs.get(background, run.info.runId, wholeRun);
        const done = [...(found?.tags.keys() ?? [])]
          .filter((key) => key.startsWith('by '))
          .map((key) => Number(key.slice(3)));
        const acknowledged = answers.flatMap((answer, i) => (answer === 'not known' ? [] : [i]));
        expect(done).to.include.members(acknowledged);
        expect(found?.tags.get('n') ?? '0', 'each change counts once').to.equal(String(done.length));
        const history = await after.runs.history(background, run.info.runId, 'm', { limit: Infinity });
        expect(history.map((p) => p.value)).to.deep.equal(done.sort((x, y) => x - y));
        expect(ids(await scanned(after, { experimentIds: ['0'], parts: {} }))).to.include(run.info.runId);
      }),
      options,
    );
  });

  it('gives a name to one experiment, and numbers without a gap, whatever is created and renamed', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        const answers: (Experiment | NameTaken | 'not known' | undefined)[] = [];
        const after = await afterFailures(draw, async (a, b) => {
          await Promise.all(
            Array.from({ length: 10 }, async (_, i) => {
              const store = i % 2 ? a : b;
              const created = await told(store.experiments.create(background, newExperiment(`n${i % 4}`)));
              answers.push(created);
              if (typeof created === 'string' || i % 3 !== 0) return;
              const renamed = await told(
                store.experiments.update(background, created.experimentId, () => ({ name: `n${(i + 1) % 6}` })),
              );
              // What is known of the experiment is its last name; if that is not known, nothing.
              answers.splice(answers.indexOf(created), 1, renamed === 'name taken' ? created : renamed);
            }),
          );
        });
        // Finishes what was left in the middle.
        const last = await after.experiments.create(background, newExperiment('last'));
        const all: Experiment[] = [];
        for await (const page of after.experiments.scan(background)) all.push(...page);
        expect(new Set(all.map(({ name }) => name)).size, 'names').to.equal(all.length);
        expect(all.map(({ experimentId }) => Number(experimentId)).reverse()).to.deep.equal([...all.keys()]);
        expect(all[0]).to.deep.equal(last);
        for (const answer of answers) {
          if (typeof answer === 'string' || answer === undefined) continue;
          expect(await after.experiments.get(background, answer.experimentId)).to.deep.equal(answer);
          expect(await after.experiments.getByName(background, answer.name)).to.deep.equal(answer);
        }
      }),
      options,
    );
  });

  it('scans all of what was acknowledged, or fails', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.integer({ min: 1, max: 60 }), async (draw, expected) => {
        const created: string[] = [];
        await afterFailures(draw, async (a, b) => {
          for (let i = 0; i < 40; i++) {
            const run = newRun({ startTime: i % 7 });
            if ((await told((i % 2 ? a : b).runs.create(background, run))) !== 'not known')
              created.push(run.info.runId);
          }
          for (let i = 0; i < 4; i++) {
            const found = await told(scanned(i % 2 ? a : b, { experimentIds: ['0'], parts: {}, expect: expected }));
            if (found !== 'not known') expect(ids(found)).to.include.members(created);
          }
        });
      }),
      options,
    );
  });
});

const ids = (runs: readonly { readonly info: { readonly runId: string } }[]): string[] =>
  runs.map(({ info }) => info.runId);
