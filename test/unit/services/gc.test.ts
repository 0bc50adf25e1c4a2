import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { ArtifactStore } from '../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../backend/artifacts/local/index.ts';
import { parseArtifactPath } from '../../../backend/artifacts/path.ts';
import { createServices } from '../../../backend/create-services.ts';
import type { Services } from '../../../backend/create-services.ts';
import { createExperimentService } from '../../../backend/services/experiments.ts';
import { collectGarbage } from '../../../backend/services/gc/collect.ts';
import { lostVersions } from '../../../backend/services/gc/references.ts';
import type { Selection } from '../../../backend/services/gc/selection.ts';
import type { Finding } from '../../../backend/services/gc/report.ts';
import { createLoggedModelService } from '../../../backend/services/logged-models.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../../backend/stores/lmdb/index.ts';
import { initialisedHBase, openInMemory } from '../../support/hbase-in-memory.ts';
import { Killed, killing } from './killing.ts';
import { refusalOf } from '../../support/refusal.ts';

const engines: Record<string, (folder: string) => Promise<Store>> = {
  LMDB: (folder) => openLmdbStore({ path: join(folder, 'store'), artifactRoot: 'mlflow-artifacts:' }),
  'HBase in memory': async () => openInMemory(await initialisedHBase()),
};

for (const [name, open] of Object.entries(engines)) {
  describe(`the garbage collector on ${name}`, () => {
    let folder: string;
    let store: Store;
    let artifacts: ArtifactStore;
    let services: Services;
    /** The clock, and when experiment 0 was made. */
    let [time, start] = [0, 0];

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'kirka-gc-'));
      store = await open(folder);
      artifacts = await openLocalArtifactStore({ root: join(folder, 'artifacts') });
      start = Date.now();
      time = start + 1000;
      const now = (): number => time;
      services = {
        ...createServices(store, artifacts),
        experiments: createExperimentService(store.experiments, { now }),
        runs: createRunService(store, { now }),
        loggedModels: createLoggedModelService(store, { now }),
      };
    });
    afterEach(async () => {
      await Promise.all([store.close(), artifacts.close()]);
      rmSync(folder, { recursive: true, force: true });
    });

    const newRun = async (experimentId: string): Promise<string> => {
      const request = { experimentId, userId: 'u', runName: '', startTime: 1, tags: [] };
      const { runId } = (await services.runs.create(background, request)).run.info;
      await services.runs.logMetric(background, runId, { key: 'm', value: 1, timestamp: 1, step: 0 } as never);
      await services.artifacts.saveOfRun(background, runId, 'model/data.txt', Buffer.from(runId));
      return runId;
    };
    const newModel = async (experimentId: string): Promise<string> => {
      const request = { experimentId, name: 'm', modelType: '', sourceRunId: '', params: [], tags: [] };
      const { modelId, artifactUri } = (await services.loggedModels.create(background, request)).info;
      const path = `${artifactUri.replace('mlflow-artifacts:/', '')}/data.txt`;
      await artifacts.write(background, parseArtifactPath(path), Readable.from(['x']));
      return modelId;
    };
    const newExperiment = (experiment: string): Promise<string> =>
      services.experiments.create(background, { name: experiment, tags: [] });

    /** All files, by their paths. */
    const files = async (path = ''): Promise<string[]> => {
      const below = await artifacts.list(background, parseArtifactPath(path));
      const found: string[] = [];
      for (const { name: entry, isDirectory } of below) {
        const full = path === '' ? entry : `${path}/${entry}`;
        found.push(...(isDirectory ? await files(full) : [full]));
      }
      return found;
    };

    const gc = async (
      options: { cutoff?: number; apply?: boolean; selection?: Selection } = {},
      parts = { store, artifacts },
    ) => {
      const lines: string[] = [];
      const findings: Finding[] = [];
      await collectGarbage(background, parts, { cutoff: start + 5000, apply: true, ...options }, (finding, outcome) => {
        findings.push(finding);
        lines.push(`${finding.kind} ${finding.id} ${outcome.is}`);
      });
      return { lines: lines.sort(), findings };
    };
    const ids = (runIds: string[] = [], modelIds: string[] = [], experimentIds: string[] = []): Selection => ({
      ...{ runIds, modelIds, experimentIds },
    });
    const exists = (runId: string): Promise<boolean> =>
      services.runs.get(background, runId).then(
        () => true,
        () => false,
      );

    it('removes nothing in a dry run, and with apply what was deleted long enough ago, artifacts too', async () => {
      const [kept, young, old] = [await newRun('0'), await newRun('0'), await newRun('0')];
      const [model, oldModel] = [await newModel('0'), await newModel('0')];
      time = start + 5000;
      await services.runs.delete(background, old);
      await services.loggedModels.delete(background, oldModel);
      time = start + 5001;
      await services.runs.delete(background, young);
      const before = await files();
      const dry = await gc({ apply: false });
      expect(dry.lines).to.have.members([`run ${old} would be removed`, `logged model ${oldModel} would be removed`]);
      expect([await files(), await exists(old)]).to.deep.equal([before, true]);

      expect((await gc()).lines).to.have.members([`run ${old} removed`, `logged model ${oldModel} removed`]);
      expect(await Promise.all([kept, young, old].map(exists))).to.deep.equal([true, true, false]);
      expect(await files()).to.have.members([
        `0/${kept}/artifacts/model/data.txt`,
        `0/${young}/artifacts/model/data.txt`,
        `0/models/${model}/artifacts/data.txt`,
      ]);
      expect(await artifacts.list(background, parseArtifactPath('0'))).to.have.length(3);
      expect(await refusalOf(services.runs.restore(background, old))).to.equal(
        `RESOURCE_DOES_NOT_EXIST Run with id=${old} not found`,
      );
      expect((await gc()).lines).to.deep.equal([]);
      await services.runs.restore(background, young);
    });

    it('removes an experiment with its runs, its models in any stage and its folder, and frees its name', async () => {
      const [doomed, other] = [await newExperiment('doomed'), await newExperiment('other')];
      const [run, model] = [await newRun(doomed), await newModel(doomed)];
      const elsewhere = await newRun(other);
      await services.experiments.delete(background, doomed);
      expect((await gc({ apply: false })).lines).to.deep.equal([
        `experiment ${doomed} would be removed`,
        `logged model ${model} would be removed`,
        `run ${run} would be removed`,
      ]);
      expect((await gc()).lines).to.deep.equal([
        `experiment ${doomed} removed`,
        `logged model ${model} removed`,
        `run ${run} removed`,
      ]);
      expect(await files()).to.deep.equal([`${other}/${elsewhere}/artifacts/model/data.txt`]);
      expect(await artifacts.stat(background, parseArtifactPath(doomed))).to.equal(undefined);
      expect(await refusalOf(services.experiments.restore(background, doomed))).to.contain('RESOURCE_DOES_NOT_EXIST');
      expect(await newExperiment('doomed')).to.not.equal(doomed);
    });

    it('keeps an experiment in which a run was restored, and the deleted experiment 0 itself', async () => {
      const id = await newExperiment('half');
      const [restored, run] = [await newRun(id), await newRun(id)];
      const inDefault = await newRun('0');
      await services.experiments.delete(background, id);
      await services.experiments.delete(background, '0');
      await services.runs.restore(background, restored);
      const expected = [`experiment ${id} kept`, `run ${inDefault} removed`, `run ${run} removed`].sort();
      expect((await gc()).lines).to.deep.equal(expected);
      await services.experiments.restore(background, id);
      await services.experiments.restore(background, '0');
      expect(await exists(restored)).to.equal(true);
    });

    it('never removes a run whose experiment was restored after the collector had looked', async () => {
      const id = await newExperiment('e');
      const run = await newRun(id);
      await services.runs.delete(background, run);
      const { runs } = store.removals;
      const restoring = {
        ...store,
        removals: {
          ...store.removals,
          runs: {
            ...runs,
            begin: async (...args: Parameters<typeof runs.begin>) => {
              await services.experiments.delete(background, id);
              await services.experiments.restore(background, id);
              return runs.begin(...args);
            },
          },
        },
      };
      expect((await gc({}, { store: restoring, artifacts })).lines).to.deep.equal([`run ${run} restored`]);
      expect((await services.runs.get(background, run)).stage).to.equal('active');
      expect(await files()).to.deep.equal([`${id}/${run}/artifacts/model/data.txt`]);
    });

    it('brings an experiment back in which a run was restored while it was taken out of sight', async () => {
      const id = await newExperiment('e');
      const run = await newRun(id);
      await services.experiments.delete(background, id);
      const { experiments } = store.removals;
      const restoring = {
        ...store,
        removals: {
          ...store.removals,
          experiments: {
            ...experiments,
            begin: async (...args: Parameters<typeof experiments.begin>) => {
              await services.runs.restore(background, run);
              return experiments.begin(...args);
            },
          },
        },
      };
      expect((await gc({}, { store: restoring, artifacts })).lines).to.deep.equal([`experiment ${id} kept`]);
      expect((await services.runs.get(background, run)).stage).to.equal('active');
      await services.experiments.restore(background, id);
    });

    it('removes what is chosen alone, and nothing where one of it cannot be removed', async () => {
      const [a, b, active] = [await newRun('0'), await newRun('0'), await newRun('0')];
      await services.runs.delete(background, a);
      await services.runs.delete(background, b);
      for (const [selection, reason] of [
        [ids([a, active]), `The run ${active} is not deleted`],
        [ids([a, 'none']), 'There is no run none'],
        [ids([a], ['m-none']), 'There is no logged model m-none'],
        [ids([a], [], ['0']), 'The experiment 0 stays'],
        [ids([a], [], ['77']), 'There is no experiment 77'],
      ] as const) {
        const failure: unknown = await gc({ selection }).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(Error).with.property('message').that.contains(reason);
      }
      const early: unknown = await gc({ cutoff: start + 999, selection: ids([a]) }).catch((error: unknown) => error);
      expect(early).to.have.property('message').that.contains('less than --older-than ago');
      expect(await exists(a)).to.equal(true);
      expect((await gc({ selection: ids([a]) })).lines).to.deep.equal([`run ${a} removed`]);
      expect(await exists(b)).to.equal(true);
    });

    it('says which versions of registered models lose their files; they stay, as with MLflow', async () => {
      const run = await newRun('0');
      await services.registeredModels.create(background, { name: 'm', description: '', tags: [] });
      const source = `mlflow-artifacts:/0/${run}/artifacts/model`;
      await services.modelVersions.create(background, {
        name: 'm',
        source,
        runId: run,
        runLink: '',
        description: '',
        tags: [],
      });
      await services.runs.delete(background, run);
      const { findings } = await gc();
      const lost = [];
      for await (const version of lostVersions(background, store.registeredModels, findings)) lost.push(version);
      expect(lost).to.deep.equal([{ name: 'm', version: 1, of: run }]);
      const { version } = await services.modelVersions.get(background, { name: 'm', version: '1' });
      expect([version.runId, version.source]).to.deep.equal([run, source]);
    });

    it('goes on where it was killed, at whichever step that was', async () => {
      let steps = 0;
      for (let killedAt = 1, finished = false; !finished; killedAt++) {
        const id = await newExperiment(`e${String(killedAt)}`);
        const [run, single, kept] = [await newRun(id), await newRun('0'), await newRun('0')];
        const [model, inExperiment] = [await newModel('0'), await newModel(id)];
        await services.experiments.delete(background, id);
        await services.runs.delete(background, single);
        await services.loggedModels.delete(background, model);
        let calls = 0;
        const isKilled = (): boolean => ++calls >= killedAt;
        const parts = { store: killing(store, isKilled), artifacts: killing(artifacts, isKilled) };
        finished = await gc({}, parts).then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof Killed)) throw error;
            return false;
          },
        );
        steps = killedAt;
        // Whatever was seen in between, a second call ends it.
        const { lines } = await gc({ selection: ids([], [], []) });
        await gc();
        expect(
          lines.filter((line) => !line.endsWith('removed')),
          String(killedAt),
        ).to.deep.equal([]);
        const left = await files();
        for (const gone of [run, single, model, inExperiment]) {
          expect(
            left.filter((path) => path.includes(gone)),
            String(killedAt),
          ).to.deep.equal([]);
        }
        expect([await exists(run), await exists(single), await exists(kept)]).to.deep.equal([false, false, true]);
        expect(left).to.include(`0/${kept}/artifacts/model/data.txt`);
        expect((await gc({ apply: false })).lines).to.deep.equal([]);
      }
      expect(steps).to.be.greaterThan(15);
    }).timeout(300_000);
  });
}
