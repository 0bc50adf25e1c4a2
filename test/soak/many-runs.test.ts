import { expect } from 'chai';
import { background } from '../../backend/call-context.ts';
import { createSearchService } from '../../backend/services/search.ts';
import type { RunView } from '../../backend/services/runs.ts';
import type { RunSearch, SearchService } from '../../backend/services/search.ts';
import { connectHBase } from '../../backend/stores/hbase/connect.ts';
import type { HBaseConnection } from '../../backend/stores/hbase/connect.ts';
import { openHBaseStore } from '../../backend/stores/hbase/index.ts';
import { tablesOf } from '../../backend/stores/hbase/layout.ts';
import { cluster } from '../cluster/support/hooks.ts';
import type { Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { forEachOf } from '../../backend/several.ts';
import { partOf } from './part.ts';

const runs = partOf(100_000);
/** Params, tags (with those that every run has), latest metrics, attributes, version: what a run's row has. */
const cellsOfRun = 10;
/** One run in so many has the tag that is searched for. */
const rare = 500;

const progress = (line: string): void => void process.stderr.write(`  ${line}\n`);

describe(`${runs.toLocaleString('en')} runs in HBase, loaded through the API`, function () {
  this.timeout(3_600_000);
  let kirka: Installation;
  let experiment: string;
  let connection: HBaseConnection;
  let search: SearchService;

  before(async () => {
    kirka = await install();
    const { api } = await kirka.start();
    experiment = String((await api.post('experiments/create', { name: 'many' })).experiment_id);
    const started = Date.now();
    const numbers = Array.from({ length: runs }, (_, i) => i);
    const create = async (i: number): Promise<void> => {
      const { run } = await api.post('runs/create', {
        experiment_id: experiment,
        start_time: i,
        run_name: `run ${String(i)}`,
      });
      await api.post('runs/log-batch', {
        run_id: (run as { info: { run_id: string } }).info.run_id,
        params: [{ key: 'lr', value: String(i % 10) }],
        metrics: [{ key: 'loss', value: i / runs, timestamp: i, step: 0 }],
        tags: [{ key: 'rare', value: String(i % rare === 0) }],
      });
      if (i > 0 && i % 5000 === 0)
        progress(`${String(i)} runs, ${String(Math.round((i * 1000) / (Date.now() - started)))} a second`);
    };
    await forEachOf(numbers, create, 32);
    connection = connectHBase({
      addresses: cluster().rest,
      ca: undefined,
      credentials: undefined,
      timeout: 60_000,
      sockets: 16,
    });
    const { tablePrefix } = kirka;
    search = createSearchService(
      await openHBaseStore({ ...connection, tablePrefix, artifactRoot: 'mlflow-artifacts:' }),
    );
  });
  after(async () => {
    await connection.release();
    await kirka.dispose();
  });

  /** A search, with the cells that HBase sent for it and the time in ms. */
  async function measured(part: Partial<RunSearch>): Promise<{ found: readonly RunView[]; cells: number; ms: number }> {
    const [before, start] = [connection.rest.cellsRead, performance.now()];
    const whole = {
      experimentIds: [experiment],
      filter: '',
      view: 'ACTIVE_ONLY',
      maxResults: 100,
      orderBy: [],
      ...part,
    } as const;
    const { items } = await search.searchRuns(background, whole);
    return { found: items, cells: connection.rest.cellsRead - before, ms: performance.now() - start };
  }

  it('the newest 100 cost cells in proportion to 100', async () => {
    const { found, cells, ms } = await measured({});
    expect(found.map(({ run }) => Number(run.info.startTime))).to.deep.equal(
      Array.from({ length: 100 }, (_, i) => runs - 1 - i),
    );
    progress(`newest 100 of ${String(runs)}: ${String(cells)} cells, ${ms.toFixed(0)} ms`);
    expect(cells).to.be.below(100 * cellsOfRun * 4);
  });

  it('a filtered search over all of them finds each, and reads only what it looks at', async () => {
    const { found, cells, ms } = await measured({
      filter: "tags.rare = 'true'",
      maxResults: 50_000,
      orderBy: ['start_time ASC'],
    });
    expect(found.map(({ run }) => Number(run.info.startTime))).to.deep.equal(
      Array.from({ length: Math.ceil(runs / rare) }, (_, i) => i * rare),
    );
    const [before, start] = [connection.rest.cellsRead, performance.now()];
    let rows = 0;
    for await (const page of connection.rest.scan(background, tablesOf(kirka.tablePrefix).runs, {
      start: '0',
      end: '~',
      expect: runs,
    })) {
      rows += page.length;
    }
    const plain = { cells: connection.rest.cellsRead - before, ms: performance.now() - start };
    progress(
      `filtered search over ${String(runs)}: ${String(cells)} cells, ${ms.toFixed(0)} ms; plain scan of the table beside it: ` +
        `${String(rows)} rows, ${String(plain.cells)} cells, ${plain.ms.toFixed(0)} ms; ratio ${(ms / plain.ms).toFixed(2)}`,
    );
    expect(rows).to.be.at.least(runs);
    expect(cells).to.be.below(plain.cells);
  });
});
