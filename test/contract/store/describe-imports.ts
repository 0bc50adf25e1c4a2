import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { ImportedEntity, ImportRecord, Store } from '../../../backend/stores/contract/index.ts';
import { newRun } from './samples.ts';

/** The promises of ImportRecords. */
export function describeImports(current: () => Store): void {
  const record = (changes: Partial<ImportRecord> = {}): ImportRecord => ({
    ...{ step: 'begun', digest: 'd1', at: 1_700_000_000_000 },
    ...changes,
  });

  describe('records of imports', () => {
    it('are each of one entity, whatever it is called', async () => {
      const names = ['', 'a', 'größe 模型 🚀', '\0', 'x'.repeat(5000), 'a","1'];
      const entities: readonly ImportedEntity[] = [
        ['experiment', '1', 5],
        ['experiment', '1', 6],
        ['run', '1'],
        ['logged model', '1'],
        ['run', 'schema'],
        ...names.flatMap((name): ImportedEntity[] => [
          ['registered model', name, 5],
          ['registered model', name, 6],
          ['version', name, 5, 1],
          ['version', name, 5, 11],
        ]),
      ];
      const known = (): Promise<unknown[]> =>
        Promise.all(entities.map((entity) => current().imports.get(background, entity)));
      expect(await known()).to.deep.equal(entities.map(() => undefined));
      await Promise.all(entities.map((entity, at) => current().imports.put(background, entity, record({ at }))));
      expect(await known()).to.deep.equal(entities.map((_, at) => record({ at })));
    });

    it('follow one another until one is complete, which stays', async () => {
      const entity: ImportedEntity = ['run', 'r'];
      const { imports } = current();
      await imports.put(background, entity, record());
      await imports.put(background, entity, record({ digest: 'd2', at: 2 }));
      expect(await imports.get(background, entity)).to.deep.equal(record({ digest: 'd2', at: 2 }));
      const complete = record({ step: 'complete', digest: 'd3', at: 3 });
      await imports.put(background, entity, complete);
      for (const late of [record({ at: 4 }), record({ step: 'complete', digest: 'd4', at: 4 })]) {
        await imports.put(background, entity, late);
        expect(await imports.get(background, entity)).to.deep.equal(complete);
      }
    });

    it('outlive what they are of, removed for good', async () => {
      const { imports, runs, removals } = current();
      const { info, ...parts } = newRun();
      const complete = record({ step: 'complete' });
      await runs.create(background, { info, ...parts });
      await imports.put(background, ['run', info.runId], complete);
      await removals.runs.begin(background, info.runId, () => true);
      await removals.runs.decide(background, info);
      await removals.runs.finish(background, info);
      expect(await runs.get(background, info.runId, {})).to.equal(undefined);
      expect(await imports.get(background, ['run', info.runId])).to.deep.equal(complete);
    });
  });
}
