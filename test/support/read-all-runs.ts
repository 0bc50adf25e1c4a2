import { background } from '../../backend/call-context.ts';
import { wholeRun } from '../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../backend/stores/lmdb/index.ts';

/** Reads every run of an LMDB store with its histories, and prints how many there were: `read-all-runs.ts <folder>`. */
const store = await openLmdbStore({ path: process.argv[2] ?? '', artifactRoot: '' });
let [runs, points] = [0, 0];
for await (const page of store.runs.scan(background, { experimentIds: ['0'], parts: wholeRun })) {
  runs += page.length;
  for (const { info } of page) {
    points += (await store.runs.history(background, info.runId, 'm', { limit: Infinity })).length;
  }
}
process.stdout.write(`${String(runs)} runs, ${String(points)} points\n`);
await store.close();
