import { expect } from 'chai';
import { runKirka, temporaryFolder } from '../end-to-end/kirka-process.ts';
import { workOn } from '../import/local-work.ts';
import { seed } from '../import/seed.ts';
import { seenOf } from '../import/tell-apart.ts';
import { startBackendProcess } from '../support/backend-process.ts';
import { install } from './support/kirka.ts';

describe('kirka import and kirka gc, on HBase and HDFS', function () {
  this.timeout(600_000);

  it('bring what a server has, and remove what was deleted', async () => {
    const data = temporaryFolder();
    const server = await startBackendProcess({ data: data.path });
    const installation = await install();
    try {
      const seeded = await seed(server.url, 40);
      const run = runKirka('import', '--from', server.url, ...installation.flags);
      expect([await run.exit, run.output()], run.errors()).to.deep.equal([0, run.output()]);
      expect(run.output()).to.contain('41 of 41 runs');
      const { url, api } = await installation.start();
      const [here, there] = [await seenOf(url, seeded), await seenOf(server.url, seeded)];
      for (const [what, value] of Object.entries(there)) expect(here[what], what).to.deep.equal(value);

      const gc = runKirka('gc', '--older-than', '0s', '--apply', ...installation.flags);
      expect([await gc.exit, gc.errors()]).to.deep.equal([0, '']);
      expect(gc.output()).to.match(/^Removed 1[0-9] runs, 0 logged models, 1 experiments\.$/m);
      const { experiments } = await api.post('experiments/search', { view_type: 'ALL', max_results: 10 });
      expect(experiments).to.have.length(3);
      const left = { experiment_ids: seeded.experimentIds, run_view_type: 'DELETED_ONLY', max_results: 100 };
      expect((await api.post('runs/search', left))['runs'] ?? []).to.deep.equal([]);
      const again = runKirka('gc', '--older-than', '0s', '--apply', ...installation.flags);
      expect([await again.exit, again.output()]).to.deep.equal([
        0,
        'Removed 0 runs, 0 logged models, 0 experiments.\n',
      ]);

      // Neither what was removed for good nor what was worked on is brought back.
      await workOn(url, seeded);
      const found = await api.post('runs/search', {
        ...{ experiment_ids: seeded.experimentIds, run_view_type: 'ALL', max_results: 100 },
      });
      const runIds = (found['runs'] as { info: { run_id: string } }[]).map(({ info }) => info.run_id);
      const kept = {
        ...seeded,
        runIds,
        artifacts: new Map([...seeded.artifacts].filter(([id]) => runIds.includes(id))),
      };
      const before = await seenOf(url, kept);
      const repeated = runKirka('import', '--from', server.url, ...installation.flags);
      expect([await repeated.exit, repeated.errors()]).to.deep.equal([0, repeated.errors()]);
      expect(repeated.output()).to.match(/ 0 new points .* 0 new files \(0 bytes\); 52 were complete before\.$/m);
      const after = await seenOf(url, kept);
      expect(after).to.deep.equal(before);
    } finally {
      await server.kill('SIGTERM');
      await installation.dispose();
      data.remove();
    }
  });
});
