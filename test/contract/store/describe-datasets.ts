import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { Dataset, DatasetSummary } from '../../../backend/entities/dataset.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';

const dataset = (changes: Partial<Dataset> = {}): Dataset => ({
  name: 'wine',
  digest: '1a2b',
  sourceType: 'local',
  source: '{"uri": "wine.csv"}',
  schema: '{"a": 1}',
  profile: '',
  ...changes,
});
const bare: Dataset = { name: 'bare \u{1f600}', digest: '', sourceType: '', source: '' };

/** The promises of DatasetStore. */
export function describeDatasets(current: () => Store): void {
  const usesOf = async (...experimentIds: readonly string[]): Promise<DatasetSummary[]> => {
    const uses: DatasetSummary[] = [];
    for await (const page of current().datasets.scan(background, experimentIds)) {
      expect(page).to.not.deep.equal([]);
      uses.push(...page);
    }
    return uses;
  };
  const key = (experimentId: string, { name, digest }: Dataset) => ({ experimentId, name, digest });

  describe('datasets', () => {
    it('are what was registered first under their name and digest', async () => {
      await current().datasets.register(background, '1', dataset(), 'train');
      await current().datasets.register(background, '1', dataset({ source: 'another', profile: 'p' }), 'eval');
      await current().datasets.register(background, '2', dataset({ source: 'of another experiment' }), undefined);
      await current().datasets.register(background, '1', bare, undefined);
      const found = await current().datasets.getMany(background, [
        key('1', bare),
        key('1', dataset()),
        key('3', dataset()),
        key('', dataset()),
        key('2', dataset()),
      ]);
      expect(found).to.deep.equal([
        bare,
        dataset(),
        undefined,
        undefined,
        dataset({ source: 'of another experiment' }),
      ]);
    });

    it('do not mix up names and digests that read alike together', async () => {
      await current().datasets.register(background, '1', dataset({ name: 'ab', digest: 'c' }), undefined);
      expect(
        await current().datasets.getMany(background, [key('1', dataset({ name: 'a', digest: 'bc' }))]),
      ).to.deep.equal([undefined]);
    });

    it('show each use once, of the experiments that are asked for', async () => {
      for (const context of ['train', 'eval', undefined, 'train', '']) {
        await current().datasets.register(background, '1', dataset(), context);
      }
      await current().datasets.register(background, '2', bare, 'train');
      const uses = await usesOf('2', '1', '2', '9', '\0');
      expect(uses[0]).to.deep.equal({ experimentId: '2', name: bare.name, digest: '', context: 'train' });
      expect(uses.slice(1).map(({ experimentId, name, digest }) => [experimentId, name, digest])).to.deep.equal(
        Array.from({ length: 4 }, () => ['1', 'wine', '1a2b']),
      );
      expect(uses.slice(1).map(({ context }) => context)).to.have.members(['train', 'eval', undefined, '']);
      expect(await usesOf('9')).to.deep.equal([]);
    });

    it('are registered once by many at one time, and scanned in whole', async () => {
      const all = Array.from({ length: 600 }, (_, i) => dataset({ digest: String(i % 550) }));
      await Promise.all(all.map((one) => current().datasets.register(background, '1', one, 'c')));
      const uses = await usesOf('1');
      expect(uses.length).to.equal(550);
      expect(new Set(uses.map(({ digest }) => digest)).size).to.equal(550);
    });
  });
}
