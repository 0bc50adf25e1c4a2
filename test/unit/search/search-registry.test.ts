import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { MlflowError } from '../../../backend/errors.ts';
import { createSearchService } from '../../../backend/services/search.ts';
import type { RegistrySearch, SearchService } from '../../../backend/services/search.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { newModelVersion, newRegisteredModel } from '../../contract/store/samples.ts';
import { temporaryStore } from './store.ts';

describe('searching the model registry', () => {
  let store: Store;
  let search: SearchService;
  let remove: () => Promise<void>;
  const query = (changes: Partial<RegistrySearch> = {}): RegistrySearch => ({
    ...{ filter: '', maxResults: 100, orderBy: [] },
    ...changes,
  });
  const create = async (name: string, time = 5): Promise<void> => {
    await store.registeredModels.create(background, { ...newRegisteredModel(name), creationTime: time });
  };
  const addVersion = async (name: string, time: number, runId = ''): Promise<void> => {
    await store.registeredModels.update(background, name, () => ({
      addVersion: newModelVersion({ creationTime: time, lastUpdatedTime: time, runId }),
    }));
  };

  beforeEach(async () => {
    ({ store, remove } = await temporaryStore());
    search = createSearchService(store);
  });
  afterEach(() => remove());

  /** All pages, with something done between them. */
  async function names(changes: Partial<RegistrySearch>, between = async (): Promise<void> => {}): Promise<string[]> {
    const found: string[] = [];
    for (let pageToken: string | undefined; ;) {
      const { items, nextPageToken } = await search.searchRegisteredModels(
        background,
        query({ ...changes, pageToken }),
      );
      found.push(...items.map(({ model }) => model.name));
      if (nextPageToken === undefined) return found;
      pageToken = nextPageToken;
      await between();
    }
  }

  for (const orderBy of [[], ['name DESC'], ['timestamp'], ['timestamp DESC']]) {
    it(`gives each model once while others come and go, by ${JSON.stringify(orderBy)}`, async () => {
      const wanted = Array.from({ length: 23 }, (_, i) => `m${String(i).padStart(2, '0')}`);
      for (const [i, name] of wanted.entries()) await create(name, 1000 + (i % 5));
      let added = 0;
      const found = await names({ orderBy, maxResults: 4 }, async () => {
        await create(`a${String(added++)}`, 1);
        await create(`z${String(added)}`, 9000);
      });
      const kept = found.filter((name) => name.startsWith('m'));
      expect([...kept].sort()).to.deep.equal(wanted);
      expect(new Set(found).size).to.equal(found.length);
    });
  }

  it('refuses a token of another search', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    await addVersion('a', 1);
    await addVersion('a', 2);
    const { nextPageToken: pageToken } = await search.searchRegisteredModels(background, query({ maxResults: 1 }));
    const { nextPageToken: ofVersions } = await search.searchModelVersions(background, query({ maxResults: 1 }));
    for (const again of [
      search.searchRegisteredModels(background, query({ pageToken, orderBy: ['name DESC'] })),
      search.searchRegisteredModels(background, query({ pageToken, filter: "name = 'a'" })),
      search.searchRegisteredModels(background, query({ pageToken: ofVersions })),
      search.searchModelVersions(background, query({ pageToken })),
    ]) {
      const error = await again.catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(MlflowError);
      expect((error as Error).message).to.contain('Invalid page token');
    }
  });

  it('finds versions by run as a search of all finds them', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    await addVersion('a', 1, 'one');
    await addVersion('b', 2, 'two');
    await addVersion('b', 3, 'one');
    await addVersion('c', 4);
    const of = async (filter: string): Promise<string[]> => {
      const { items } = await search.searchModelVersions(background, query({ filter }));
      return items.map(({ model, version }) => `${model.name}${String(version.version)}`);
    };
    expect(await of("run_id = 'one'")).to.deep.equal(['b2', 'a1']);
    expect(await of("run_id LIKE 'one'")).to.deep.equal(['b2', 'a1']);
    expect(await of("run_id IN ('two', 'none')")).to.deep.equal(['b1']);
    expect(await of("run_id = 'one' AND name = 'a'")).to.deep.equal(['a1']);
    expect(await of("run_id = ''")).to.deep.equal(['c1']);
    expect(await of("run_id = 'one' AND run_id = 'two'")).to.deep.equal([]);
    await store.registeredModels.update(background, 'b', () => ({ deleteVersion: 2 }));
    expect(await of("run_id = 'one'")).to.deep.equal(['a1']);
  });
});
