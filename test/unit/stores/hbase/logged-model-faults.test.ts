import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../../backend/call-context.ts';
import type { DatasetSummary } from '../../../../backend/entities/dataset.ts';
import { noLinks } from '../../../../backend/entities/run.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import { modelPoint, newModel, newRun, scannedModels } from '../../../contract/store/samples.ts';
import { afterFailures, faults, told } from '../../../support/failing-hbase.ts';

const options = { numRuns: 20 };

describe('logged models and datasets on an HBase that fails', () => {
  it('lose no acknowledged point and no acknowledged tag, and keep one value at a place', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        let model = newModel();
        const answers: unknown[] = [];
        const tags: unknown[] = [];
        const after = await afterFailures(draw, async (a, b) => {
          while ((await told(a.loggedModels.create(background, model))) === 'not known') model = newModel();
          const work = async (store: Store, i: number): Promise<void> => {
            // Two writers fight for each place.
            const point = modelPoint('m', i, { step: i >> 1 });
            answers[i] = await told(
              store.loggedModels.addMetrics(background, model.modelId, [point, modelPoint(`own ${i}`, i)]),
            );
            tags[i] = await told(
              store.loggedModels.update(background, model.modelId, () => ({ setTags: new Map([[`t${i}`, '']]) })),
            );
          };
          await Promise.all(Array.from({ length: 12 }, (_, i) => work(i % 2 ? a : b, i)));
        });
        const found = await after.loggedModels.get(background, model.modelId, 'all');
        const has = (key: string, value: number): boolean =>
          found?.metrics.some((metric) => metric.key === key && metric.value === value) ?? false;
        for (const [i, answer] of answers.entries()) {
          expect(has(`own ${i}`, i), 'all of a call or none').to.equal(has('m', i));
          if (answer === 'added') expect(has('m', i)).to.equal(true);
          if (answer === 'conflict') expect(has('m', i)).to.equal(false);
          if (tags[i] !== 'not known') expect(found?.info.tags.has(`t${i}`)).to.equal(true);
        }
        const places = found?.metrics.filter(({ key }) => key === 'm').map(({ step }) => step);
        expect(new Set(places).size, 'one value at a place').to.equal(places?.length);
        const scanned = await scannedModels(after, { experimentIds: ['0'], metrics: 'all' });
        expect(scanned.find(({ info }) => info.modelId === model.modelId)).to.deep.equal(found);
      }),
      options,
    );
  });

  it('have each dataset that a run was acknowledged to use, with its first content', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        let run = newRun();
        const linked: string[] = [];
        const after = await afterFailures(draw, async (a, b) => {
          while ((await told(a.runs.create(background, run))) === 'not known') run = newRun();
          const link = async (store: Store, i: number): Promise<void> => {
            const name = `d${i % 4}`;
            const dataset = { name, digest: '1', sourceType: 'local', source: String(i) };
            if ((await told(store.datasets.register(background, '0', dataset, `c${i}`))) === 'not known') return;
            const datasets = [{ name, digest: '1', tags: new Map() }];
            const done = await told(
              store.runs.update(background, run.info.runId, {}, () => ({ links: { ...noLinks, datasets } })),
            );
            if (done !== 'not known') linked.push(`${name} c${i}`);
          };
          await Promise.all(Array.from({ length: 12 }, (_, i) => link(i % 2 ? a : b, i)));
        });
        const uses: DatasetSummary[] = [];
        for await (const page of after.datasets.scan(background, ['0'])) uses.push(...page);
        expect(uses.map(({ name, context }) => `${name} ${context ?? ''}`)).to.include.members(linked);
        const names = [...new Set(uses.map(({ name }) => name))];
        const keys = names.map((name) => ({ experimentId: '0', name, digest: '1' }));
        for (const dataset of await after.datasets.getMany(background, keys)) expect(dataset?.source).to.match(/^\d+$/);
      }),
      options,
    );
  });
});
