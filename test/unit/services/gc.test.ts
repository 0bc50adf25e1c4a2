import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { ArtifactStore } from '../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../backend/artifacts/local/index.ts';
import { parseArtifactPath } from '../../../backend/artifacts/path.ts';
import { createContext } from '../../../backend/context.ts';
import type { Context } from '../../../backend/context.ts';
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
import { refusalOf } from './temporary-store.ts';

const engines: Record<string, (folder: string) => Promise<Store>> = {
  LMDB: (folder) => openLmdbStore({ path: join(folder, 'store'), artifactRoot: 'mlflow-artifacts:' }),
  'HBase in memory': async () => openInMemory(await initialisedHBase()),
};

for (const [name, open] of Object.entries(engines)) {
  describe(`the garbage collector on ${name}`, () => {
    let folder: string;
    let store: Store;
    let artifacts: ArtifactStore;
    let context: Context;
    let time: number;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'kirka-gc-'));
      store = await open(folder);
      artifacts = await openLocalArtifactStore({ root: join(folder, 'artifacts') });
      time = 1000;
      const now = (): number => time;
      context = {
        ...createContext(store, artifacts),
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
      const { runId } = (await context.runs.create(request)).run.info;
      await context.runs.logMetric(runId, { key: 'm', value: 1, timestamp: 1, step: 0 } as never);
      await context.artifacts.saveOfRun(runId, 'model/data.txt', Buffer.from(runId));
      return runId;
    };
    const newModel = async (experimentId: string): Promise<string> => {
      const request = { experimentId, name: 'm', modelType: '', sourceRunId: '', params: [], tags: [] };
      const { modelId, artifactUri } = (await context.loggedModels.create(request)).info;
      const path = `${artifactUri.replace('mlflow-artifacts:/', '')}/data.txt`;
      await artifacts.write(parseArtifactPath(path), Readable.from(['x']));
      return modelId;
    };
    const newExperiment = (experiment: string): Promise<string> =>
      context.experiments.create({ name: experiment, tags: [] });

    /** All files, by their paths. */
    const files = async (path = ''): Promise<string[]> => {
      const below = await artifacts.list(parseArtifactPath(path));
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
      await collectGarbage(parts, { cutoff: 5000, apply: true, ...options }, (finding, outcome) => {
        findings.push(finding);
        lines.push(`${finding.kind} ${finding.id} ${outcome.is}`);
      });
      return { lines: lines.sort(), findings };
    };
    const ids = (runIds: string[] = [], modelIds: string[] = [], experimentIds: string[] = []): Selection => ({
      ...{ runIds, modelIds, experimentIds },
    });
    const exists = (runId: string): Promise<boolean> =>
      context.runs.get(runId).then(
        () => true,
        () => false,
      );

    it('removes nothing in a dry run, and with apply what was deleted long enough ago, artifacts too', async () => {
      const [kept, young, old] = [await newRun('0'), await newRun('0'), await newRun('0')];
      const [model, oldModel] = [await newModel('0'), await newModel('0')];
      time = 5000;
      await context.runs.delete(old);
      await context.loggedModels.delete(oldModel);
      time = 5001;
      await context.runs.delete(young);
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
      expect(await artifacts.list(parseArtifactPath('0'))).to.have.length(3);
      expect(await refusalOf(context.runs.restore(old))).to.equal(
        `RESOURCE_DOES_NOT_EXIST Run with id=${old} not found`,
      );
      expect((await gc()).lines).to.deep.equal([]);
      await context.runs.restore(young);
    });

    it('removes an experiment with its runs, its models in any stage and its folder, and frees its name', async () => {
      const [doomed, other] = [await newExperiment('doomed'), await newExperiment('other')];
      const [run, model] = [await newRun(doomed), await newModel(doomed)];
      const elsewhere = await newRun(other);
      await context.experiments.delete(doomed);
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
      expect(await artifacts.stat(parseArtifactPath(doomed))).to.equal(undefined);
      expect(await refusalOf(context.experiments.restore(doomed))).to.contain('RESOURCE_DOES_NOT_EXIST');
      expect(await newExperiment('doomed')).to.not.equal(doomed);
    });

    it('keeps an experiment in which a run was restored, and the deleted experiment 0 itself', async () => {
      const id = await newExperiment('half');
      const [restored, run] = [await newRun(id), await newRun(id)];
      const inDefault = await newRun('0');
      await context.experiments.delete(id);
      await context.experiments.delete('0');
      await context.runs.restore(restored);
      const expected = [`experiment ${id} kept`, `run ${inDefault} removed`, `run ${run} removed`].sort();
      expect((await gc()).lines).to.deep.equal(expected);
      await context.experiments.restore(id);
      await context.experiments.restore('0');
      expect(await exists(restored)).to.equal(true);
    });

    it('never removes a run whose experiment was restored after the collector had looked', async () => {
      const id = await newExperiment('e');
      const run = await newRun(id);
      await context.runs.delete(run);
      const { runs } = store.removals;
      const restoring = {
        ...store,
        removals: {
          ...store.removals,
          runs: {
            ...runs,
            begin: async (...args: Parameters<typeof runs.begin>) => {
              await context.experiments.delete(id);
              await context.experiments.restore(id);
              return runs.begin(...args);
            },
          },
        },
      };
      expect((await gc({}, { store: restoring, artifacts })).lines).to.deep.equal([`run ${run} restored`]);
      expect((await context.runs.get(run)).stage).to.equal('active');
      expect(await files()).to.deep.equal([`${id}/${run}/artifacts/model/data.txt`]);
    });

    it('brings an experiment back in which a run was restored while it was taken out of sight', async () => {
      const id = await newExperiment('e');
      const run = await newRun(id);
      await context.experiments.delete(id);
      const { experiments } = store.removals;
      const restoring = {
        ...store,
        removals: {
          ...store.removals,
          experiments: {
            ...experiments,
            begin: async (...args: Parameters<typeof experiments.begin>) => {
              await context.runs.restore(run);
              return experiments.begin(...args);
            },
          },
        },
      };
      expect((await gc({}, { store: restoring, artifacts })).lines).to.deep.equal([`experiment ${id} kept`]);
      expect((await context.runs.get(run)).stage).to.equal('active');
      await context.experiments.restore(id);
    });

    it('removes what is chosen alone, and nothing where one of it cannot be removed', async () => {
      const [a, b, active] = [await newRun('0'), await newRun('0'), await newRun('0')];
      await context.runs.delete(a);
      await context.runs.delete(b);
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
      const early: unknown = await gc({ cutoff: 999, selection: ids([a]) }).catch((error: unknown) => error);
      expect(early).to.have.property('message').that.contains('less than --older-than ago');
      expect(await exists(a)).to.equal(true);
      expect((await gc({ selection: ids([a]) })).lines).to.deep.equal([`run ${a} removed`]);
      expect(await exists(b)).to.equal(true);
    });

    it('says which versions of registered models lose their files; they stay, as with MLflow', async () => {
      const run = await newRun('0');
      await context.registeredModels.create({ name: 'm', description: '', tags: [] });
      const source = `mlflow-artifacts:/0/${run}/artifacts/model`;
      await context.modelVersions.create({ name: 'm', source, runId: run, runLink: '', description: '', tags: [] });
      await context.runs.delete(run);
      const { findings } = await gc();
      const lost = [];
      for await (const version of lostVersions(store.registeredModels, findings)) lost.push(version);
      expect(lost).to.deep.equal([{ name: 'm', version: 1, of: run }]);
      const { version } = await context.modelVersions.get({ name: 'm', version: '1' });
      expect([version.runId, version.source]).to.deep.equal([run, source]);
    });

    it('goes on where it was killed, at whichever step that was', async () => {
      let steps = 0;
      for (let killedAt = 1, finished = false; !finished; killedAt++) {
        const id = await newExperiment(`e${String(killedAt)}`);
        const [run, single, kept] = [await newRun(id), await newRun('0'), await newRun('0')];
        const [model, inExperiment] = [await newModel('0'), await newModel(id)];
        await context.experiments.delete(id);
        await context.runs.delete(single);
        await context.loggedModels.delete(model);
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
