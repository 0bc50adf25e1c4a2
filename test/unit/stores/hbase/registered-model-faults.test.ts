import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../../backend/call-context.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { noVersions } from '../../../../backend/stores/contract/index.ts';
import type { ModelWithVersions, Store } from '../../../../backend/stores/contract/index.ts';
import { newModelVersion, newRegisteredModel, scannedRegisteredModels } from '../../../contract/store/samples.ts';
import { afterFailures, faults, told } from '../../../support/failing-hbase.ts';

const options = { numRuns: 20 };

const create = async (store: Store, name: string): Promise<void> => {
  while ((await told(store.registeredModels.create(background, newRegisteredModel(name)))) === 'not known');
};

describe('registered models on an HBase that fails', () => {
  it('lose and double no acknowledged version, and number them without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        const answers: unknown[] = [];
        const after = await afterFailures(draw, async (a, b) => {
          await create(a, 'm');
          const add = async (store: Store, i: number): Promise<void> => {
            const addVersion = newModelVersion({ runId: `run ${i % 3}`, source: String(i) });
            const setTags = new Map([[`by ${i}`, '']]);
            const versions = new Map(i % 4 === 3 ? [[1, { setTags }]] : []);
            answers[i] = await told(
              store.registeredModels.update(background, 'm', ({ stages }) => ({
                ...{ addVersion, setTags },
                ...(stages.length > 0 ? { versions } : {}),
              })),
            );
          };
          await Promise.all(Array.from({ length: 12 }, (_, i) => add(i % 2 ? a : b, i)));
        });
        const found = (await after.registeredModels.get(background, 'm', versionNumbers)) as ModelWithVersions;
        const sources = [...found.versions.values()].map(({ source }) => source);
        const done = [...found.model.tags.keys()].map((key) => key.slice(3));
        expect([...sources].sort(), 'a version for each change').to.deep.equal(done.sort());
        expect([...found.versions.keys()]).to.deep.equal(sources.map((_, i) => i + 1));
        for (const [i, answer] of answers.entries()) {
          if (answer === 'not known') continue;
          expect(sources).to.include(String(i));
          const { versions } = answer as ModelWithVersions;
          const [number] = [...versions].find(([, { source }]) => source === String(i)) ?? [];
          expect(found.versions.get(Number(number))?.source).to.equal(String(i));
          expect(await after.registeredModels.namesOfRuns(background, [`run ${i % 3}`])).to.deep.equal(['m']);
        }
      }),
      options,
    );
  });

  it('have a name each, whatever is created, renamed and deleted, and begin anew', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        /** The marks of models, by what is known of them. */
        const [kept, gone] = [new Map<string, string>(), new Set<string>()];
        const after = await afterFailures(draw, async (a, b) => {
          await Promise.all(
            Array.from({ length: 12 }, async (_, i) => {
              const { registeredModels } = i % 2 ? a : b;
              const [name, mark] = [`n${i % 5}`, `mark ${i}`];
              const created = await told(
                registeredModels.create(background, { ...newRegisteredModel(name), tags: new Map([['mark', mark]]) }),
              );
              if (typeof created === 'string') return;
              kept.set(mark, name);
              const change = async (isDeleted: boolean): Promise<void> => {
                const to = `n${(i + 1) % 6}`;
                const changed = await told<unknown>(
                  isDeleted
                    ? registeredModels.delete(background, name)
                    : registeredModels.update(background, name, () => ({
                        name: to,
                        addVersion: newModelVersion({ source: mark }),
                      })),
                );
                if (changed === 'not known') kept.delete(mark);
                else if (changed === true) {
                  kept.delete(mark);
                  gone.add(mark);
                } else if (changed !== 'name taken') {
                  expect((changed as ModelWithVersions).model.tags.get('mark')).to.equal(mark);
                  kept.set(mark, to);
                }
              };
              if (i % 3 !== 2) await change(i % 3 === 1);
            }),
          );
        });
        // Finishes what was left in the middle, by which names before may come free.
        for (let i = 0; i < 12; i++) await after.registeredModels.create(background, newRegisteredModel(`n${i % 6}`));
        const all = await scannedRegisteredModels(after, { versions: versionNumbers, expect: 2 });
        expect(all.map(({ model }) => model.name)).to.deep.equal(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
        const marks = new Map(all.map(({ model }) => [model.tags.get('mark'), model.name]));
        for (const [mark, name] of kept) expect(marks.get(mark), mark).to.equal(name);
        for (const mark of gone) expect(marks.has(mark), `${mark} is gone`).to.equal(false);
        for (const { model, versions } of all) {
          expect(await after.registeredModels.get(background, model.name, versionNumbers)).to.deep.equal({
            model,
            versions,
          });
          for (const { source } of versions.values()) expect(source).to.equal(model.tags.get('mark'));
        }
      }),
      options,
    );
  });

  it('are all scanned that were acknowledged, or the scan fails', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.integer({ min: 1, max: 60 }), async (draw, expected) => {
        await afterFailures(draw, async (a, b) => {
          const created: string[] = [];
          for (let i = 0; i < 30; i++) {
            const name = `n${(i * 7) % 30}`;
            const answer = await told((i % 2 ? a : b).registeredModels.create(background, newRegisteredModel(name)));
            if (answer !== 'not known') created.push(name);
          }
          for (let i = 0; i < 4; i++) {
            const scan = { versions: noVersions, expect: expected };
            const found = await told(scannedRegisteredModels(i % 2 ? a : b, scan));
            if (found !== 'not known') expect(found.map(({ model }) => model.name)).to.include.members(created);
          }
        });
      }),
      options,
    );
  });
});
