import { expect } from 'chai';
import type { HBaseServers } from '../stack/hadoop/index.ts';
import { forEachOf } from '../../backend/several.ts';
import { cluster } from '../cluster/support/hooks.ts';
import type { ClusterBackend, Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { mendHBase } from '../cluster/support/mend.ts';
import { untilItWorks } from '../support/until.ts';
import { startWriting } from '../cluster/support/writing.ts';

interface Page {
  readonly runs?: readonly { readonly info: { readonly run_id: string } }[];
  readonly next_page_token?: string;
}

const searched = 1200;

function hbase(): HBaseServers {
  const servers = cluster().hbase;
  if (!servers) throw new Error('the cluster was started without HBase');
  return servers;
}

describe('a server of HBase that fails', function () {
  this.timeout(300_000);
  let kirka: Installation;
  let backend: ClusterBackend;
  let experiment: string;
  /** The runs that the searches must find, all of them or an error. */
  const expected = new Set<string>();

  before(async () => {
    kirka = await install();
    backend = await kirka.start();
    experiment = String((await backend.api.post('experiments/create', { name: 'searched' })).experiment_id);
    await forEachOf(
      Array.from({ length: searched }).map((_, i) => i),
      async (i) => {
        const { run } = await backend.api.post('runs/create', {
          experiment_id: experiment,
          start_time: i,
          tags: [{ key: 'even', value: String(i % 2 === 0) }],
        });
        if (i % 2 === 0) expected.add((run as { info: { run_id: string } }).info.run_id);
      },
      16,
    );
  });

  after(() => kirka.dispose());

  /** A filtered search over everything, by pages. */
  async function search(): Promise<Set<string>> {
    const found = new Set<string>();
    let token: string | undefined;
    do {
      const page = (await backend.api.post('runs/search', {
        experiment_ids: [experiment],
        filter: "tags.even = 'true'",
        max_results: 50,
        ...(token !== undefined && { page_token: token }),
      })) as Page;
      for (const { info } of page.runs ?? []) found.add(info.run_id);
      token = page.next_page_token;
    } while (token);
    return found;
  }

  /** Searches all the time until it is told to stop; each answer is complete, or it is an error. */
  function searching(): { readonly end: () => Promise<{ complete: number; errors: number }> } {
    let goesOn = true;
    const counts = { complete: 0, errors: 0 };
    const loop = async (): Promise<void> => {
      while (goesOn) {
        let found: Set<string>;
        try {
          found = await search();
        } catch (error) {
          expect(String(error), 'what a search that fails answers').to.match(/Error: 5\d\d /);
          counts.errors++;
          continue;
        }
        expect(found.size, 'a search that answered 200').to.equal(expected.size);
        expect([...found].every((id) => expected.has(id))).to.equal(true);
        counts.complete++;
      }
    };
    const all = Promise.all([loop(), loop()]);
    all.catch(() => undefined);
    return {
      end: async () => {
        goesOn = false;
        await all;
        return counts;
      },
    };
  }

  it('REST, killed and restarted while writes are under way: nothing acknowledged is lost', async () => {
    const { rest } = hbase();
    const writing = startWriting([backend.api], 'rest');
    for (const server of rest) {
      await writing.goOn(60, 60);
      await server.kill();
      // The other one serves.
      await writing.goOn(60, 60);
      await server.start();
    }
    await writing.goOn(60, 60);
    await writing.endAndCheck(backend.api);
  });

  it('REST, killed and restarted while searches are under way: complete, or an error', async () => {
    const { rest } = hbase();
    const searches = searching();
    for (const server of rest) {
      await server.kill();
      await server.start();
    }
    const { complete } = await searches.end();
    expect(complete).to.be.greaterThan(0);
  });

  it('both REST servers: an error that says so, and service again with them', async () => {
    const { rest } = hbase();
    await Promise.all(rest.map((server) => server.kill()));
    const answer = await backend.api.post('runs/search', { experiment_ids: [experiment] }).catch(String);
    expect(answer).to.match(/503 .*TEMPORARILY_UNAVAILABLE/);
    await Promise.all(rest.map((server) => server.start()));
    await untilItWorks('the search', 60, search);
  });

  it('the region server, stopped during searches: complete, or an error, never short', async () => {
    const { regionServer } = hbase();
    const searches = searching();
    await search();
    await regionServer.pause();
    const stalled = await search().catch(String);
    if (typeof stalled === 'string') expect(stalled).to.match(/Error: 5\d\d /);
    else expect(stalled.size).to.equal(expected.size);
    await regionServer.resume();
    // It stood still for longer than its session, and ends itself as soon as it hears of that.
    await mendHBase(() => backend.api.post('experiments/create', { name: `mended ${String(Date.now())}` }));
    await untilItWorks('the search', 60, search);
    const { complete } = await searches.end();
    expect(complete).to.be.greaterThan(0);
  });

  it('the region server, killed while writes are under way: nothing acknowledged is lost', async () => {
    const { regionServer } = hbase();
    const writing = startWriting([backend.api], 'region');
    await writing.goOn(100, 60);
    await regionServer.kill();
    await regionServer.start();
    await writing.goOn(60, 180);
    await writing.endAndCheck(backend.api);
    expect((await search()).size).to.equal(expected.size);
  });
});
