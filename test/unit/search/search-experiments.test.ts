import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { MlflowError } from '../../../backend/errors.ts';
import type { ExperimentSearch, SearchService } from '../../../backend/services/search.ts';
import { createSearchService } from '../../../backend/services/search.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { temporaryStore } from './store.ts';

describe('searching experiments', () => {
  let store: Store;
  let search: SearchService;
  let remove: () => Promise<void>;

  async function create(
    name: string,
    creationTime: number,
    tags: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const created = await store.experiments.create(background, {
      ...{ name, creationTime, tags: new Map(Object.entries(tags)) },
      artifactLocation: (id) => `mlflow-artifacts:/${id}`,
    });
    if (created === 'name taken') throw new Error(created);
    return created.experimentId;
  }

  before(async () => {
    ({ store, remove } = await temporaryStore());
    search = createSearchService(store);
    await create('b', 100, { team: 'blue' });
    await create('a', 200, { team: 'Blue' });
    await create('B', 100);
    const gone = await create('gone', 300);
    await store.experiments.update(background, gone, () => ({
      lifecycle: { stage: 'deleted', epoch: 1, changedAt: 0 },
    }));
  });
  after(() => remove());

  const query = (rest: Partial<ExperimentSearch>): ExperimentSearch => ({
    ...{ filter: "name != 'Default'", view: 'ACTIVE_ONLY', maxResults: 100, orderBy: [] },
    ...rest,
  });
  const names = async (rest: Partial<ExperimentSearch>): Promise<string> =>
    (await search.searchExperiments(background, query(rest))).items.map(({ name }) => name).join(' ');

  const answers: readonly [Partial<ExperimentSearch>, string][] = [
    [{}, 'a b B'],
    [{ orderBy: ['name'] }, 'B a b'],
    [{ orderBy: ['name DESC'] }, 'b a B'],
    [{ orderBy: ['creation_time'] }, 'B b a'],
    [{ orderBy: ['creation_time', 'experiment_id'] }, 'b B a'],
    [{ orderBy: ['last_update_time DESC'] }, 'a B b'],
    [{ view: 'DELETED_ONLY' }, 'gone'],
    [{ view: 'ALL' }, 'gone a b B'],
    [{ filter: "name LIKE 'b'" }, 'b'],
    [{ filter: "name ILIKE 'B%'" }, 'b B'],
    [{ filter: "tags.team != 'blue'" }, 'a'],
    [{ filter: "tags.team ILIKE 'BLUE'" }, 'a b'],
    [{ filter: "tags.team IS NULL AND name != 'Default'" }, 'B'],
    [{ filter: 'tags.team IS NOT NULL' }, 'a b'],
    [{ filter: 'creation_time > 100 AND creation_time < 1000' }, 'a'],
    [{ filter: "experiment_id IN ('1', '03')" }, 'b B'],
    [{ filter: "experiment_id != '1' AND name != 'Default'" }, 'a B'],
  ];
  for (const [rest, found] of answers) {
    it(`finds '${found}' by ${JSON.stringify(rest)}`, async () => {
      expect(await names(rest)).to.equal(found);
    });
  }

  it('goes page by page, and finds none twice when others are created between', async () => {
    const found: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await search.searchExperiments(
        background,
        query({ filter: "name LIKE '_'", maxResults: 1, pageToken }),
      );
      found.push(...page.items.map(({ name }) => name));
      pageToken = page.nextPageToken;
      await create(`new ${found.length}`, 10_000);
    } while (pageToken !== undefined);
    expect(found).to.deep.equal(['a', 'b', 'B']);
  });

  it('refuses page sizes out of bounds and tokens of another order', async () => {
    const { nextPageToken } = await search.searchExperiments(background, query({ maxResults: 1 }));
    const tries: readonly [Partial<ExperimentSearch>, RegExp][] = [
      [{ maxResults: 0 }, /^Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer$/],
      [{ maxResults: 50_001 }, /^Invalid value 50001 for parameter 'max_results' supplied. It must be at most 50000$/],
      [{ pageToken: nextPageToken, orderBy: ['name'] }, /^Invalid page token/],
    ];
    for (const [rest, message] of tries) {
      const error: unknown = await names(rest).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(MlflowError).with.property('code', 'INVALID_PARAMETER_VALUE');
      expect(error).to.have.property('message').that.matches(message);
    }
  });
});
