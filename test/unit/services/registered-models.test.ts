import { Readable } from 'node:stream';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { ArtifactStore } from '../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../backend/artifacts/local/index.ts';
import { lastUpdatedTime } from '../../../backend/entities/registered-model.ts';
import { createArtifactService } from '../../../backend/services/artifacts.ts';
import { createRegisteredModelService } from '../../../backend/services/registered-models/models.ts';
import type {
  ModelVersionService,
  NewVersionRequest,
  RegisteredModelService,
} from '../../../backend/services/registered-models/service.ts';
import { createModelVersionService } from '../../../backend/services/registered-models/versions.ts';
import { newRun } from '../../contract/store/samples.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTemporaryStore } from './temporary-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

describe('the rules of registered models', () => {
  const loggedModel = 'm-0123456789abcdef0123456789abcdef';
  let temporary: TemporaryStore;
  let models: RegisteredModelService;
  let versions: ModelVersionService;
  let time = 1000;
  const noted: unknown[] = [];

  const request = (changes: Partial<NewVersionRequest> = {}): NewVersionRequest => ({
    ...{ name: 'm', source: 's3://bucket/model', runLink: '', description: '', tags: [] },
    ...changes,
  });

  before(async () => {
    temporary = await openTemporaryStore();
    const now = (): number => time++;
    models = createRegisteredModelService(temporary.store.registeredModels, { now });
    versions = createModelVersionService(
      temporary.store,
      {
        get: (context, modelId) =>
          Promise.resolve(
            modelId === loggedModel
              ? { artifactUri: 'mlflow-artifacts:/0/models/m', sourceRunId: 'source-run' }
              : undefined,
          ),
        noteVersion: (context, modelId, version) => Promise.resolve(void noted.push([modelId, version])),
      },
      { now },
    );
    await models.create(background, { name: 'm', description: '', tags: [] });
  });
  after(() => temporary.remove());

  it('number versions in turn when many are made at once', async () => {
    await models.create(background, { name: 'busy', description: '', tags: [] });
    const made = await Promise.all(
      Array.from({ length: 20 }, () => versions.create(background, request({ name: 'busy' }))),
    );
    const numbers = made.map(({ version }) => version.version).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('make a version of a logged model: its files, its run, and a note on it', async () => {
    const { version } = await versions.create(
      background,
      request({ source: `models:/${loggedModel}`, modelId: loggedModel }),
    );
    expect(version).to.include({ runId: 'source-run', storageLocation: 'mlflow-artifacts:/0/models/m' });
    expect(version.source).to.equal(`models:/${loggedModel}`);
    expect(noted).to.deep.equal([[loggedModel, { name: 'm', version: version.version }]]);
    const below = await versions.create(
      background,
      request({ source: 'mlflow-artifacts:/0/models/m/a', modelId: loggedModel }),
    );
    expect(below.version.runId).to.equal('source-run');
    const other = versions.create(
      background,
      request({ source: 'mlflow-artifacts:/0/models/mm', modelId: loggedModel }),
    );
    expect(await refusalOf(other)).to.contain('The model_id request parameter must identify');
  });

  it('make no version where the logged model is not there', async () => {
    const { stages } = (await models.get(background, 'm')).model;
    const made = versions.create(background, request({ modelId: 'm-none', runId: 'run' }));
    expect(await refusalOf(made)).to.equal("RESOURCE_DOES_NOT_EXIST Logged model with ID 'm-none' not found.");
    expect((await models.get(background, 'm')).model.stages).to.deep.equal(stages);
  });

  it('let a local source be one of its own run, whose artifacts are local', async () => {
    const run = newRun({ artifactUri: 'file:///mnt/ml/0/run/artifacts' });
    await temporary.store.runs.create(background, run);
    const { runId } = run.info;
    for (const source of ['/mnt/ml/0/run/artifacts/model', 'file:///mnt/ml/0/run/artifacts']) {
      expect((await versions.create(background, request({ source, runId }))).version.source).to.equal(source);
    }
    for (const source of [
      '/mnt/ml/0/run/artifacts/../../x',
      '/mnt/ml/0/run/artifactsx',
      '/',
      '../artifacts',
      '/etc/passwd',
    ]) {
      expect(await refusalOf(versions.create(background, request({ source, runId }))), source).to.contain(
        'To use a local path',
      );
    }
  });

  it('count a renaming as an update of every version, and no other update', async () => {
    await models.create(background, { name: 'old', description: '', tags: [] });
    const { version } = await versions.create(background, request({ name: 'old' }));
    await models.describe(background, 'old', 'described');
    const described = await versions.get(background, { name: 'old', version: '1' });
    expect(lastUpdatedTime(described.model, described.version)).to.equal(version.lastUpdatedTime);
    await models.rename(background, 'old', 'new');
    const renamed = await versions.get(background, { name: 'new', version: '1' });
    expect(lastUpdatedTime(renamed.model, renamed.version)).to.equal(renamed.model.lastUpdatedTime);
    expect(renamed.model.lastUpdatedTime).to.be.greaterThan(version.lastUpdatedTime);
  });

  it('show the files of a version whose source is in a run', async () => {
    const root = mkdtempSync(join(tmpdir(), 'kirka-artifacts-'));
    const store: ArtifactStore = await openLocalArtifactStore({ root });
    const artifacts = createArtifactService(temporary.store, store);
    const run = newRun();
    await temporary.store.runs.create(background, run);
    await artifacts.save(background, `0/${run.info.runId}/artifacts/model/a.txt`, Readable.from(['a']));
    for (const location of [`runs:/${run.info.runId}/model`, `mlflow-artifacts:/0/${run.info.runId}/artifacts/model`]) {
      const { name, file } = await artifacts.openIn(background, location, 'a.txt');
      await file.close();
      expect(name).to.equal('a.txt');
    }
    expect(await refusalOf(artifacts.openIn(background, 's3://bucket/model', 'a.txt'))).to.contain(
      'kept outside this server',
    );
    await store.close();
    rmSync(root, { recursive: true });
  });
});
