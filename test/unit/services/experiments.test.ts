import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { createExperimentService } from '../../../backend/services/experiments.ts';
import type { ExperimentService } from '../../../backend/services/experiments.ts';
import { defaultRules } from '../../../backend/services/validation/rules.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTemporaryStore } from './temporary-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

describe('experiments', () => {
  let temporary: TemporaryStore;
  let experiments: ExperimentService;
  let clock = 1000;
  before(async () => {
    temporary = await openTemporaryStore();
    experiments = createExperimentService(temporary.store.experiments, { now: () => ++clock });
  });
  after(() => temporary.remove());

  const create = (name: string): Promise<string> => experiments.create(background, { name, tags: [] });

  it('places artifacts below the root by id, or where it is told', async () => {
    const id = await create('placed');
    expect((await experiments.get(background, id)).artifactLocation).to.equal(`mlflow-artifacts:/${id}`);
    const other = await experiments.create(background, {
      name: 'elsewhere',
      artifactLocation: 's3://bucket/x',
      tags: [],
    });
    expect((await experiments.get(background, other)).artifactLocation).to.equal('s3://bucket/x');
  });

  it('keeps a name taken while its experiment is deleted', async () => {
    const id = await create('taken');
    await experiments.delete(background, id);
    expect(await refusalOf(create('taken'))).to.equal('RESOURCE_ALREADY_EXISTS Experiment(name=taken) already exists.');
    await experiments.restore(background, id);
    expect((await experiments.getByName(background, 'taken')).lifecycle.stage).to.equal('active');
  });

  it('counts each deletion and restoration, and when it was', async () => {
    const id = await create('counted');
    await experiments.delete(background, id);
    await experiments.restore(background, id);
    const { lifecycle, creationTime, lastUpdateTime } = await experiments.get(background, id);
    expect(lifecycle).to.deep.equal({ stage: 'active', epoch: 2, changedAt: clock });
    expect([creationTime, lastUpdateTime]).to.deep.equal([clock - 2, clock]);
  });

  it('deletes only what is active and restores only what is deleted', async () => {
    const id = await create('once');
    expect(await refusalOf(experiments.restore(background, id))).to.equal(
      `RESOURCE_DOES_NOT_EXIST No Experiment with id=${id} exists`,
    );
    await experiments.delete(background, id);
    expect(await refusalOf(experiments.delete(background, id))).to.equal(
      `RESOURCE_DOES_NOT_EXIST No Experiment with id=${id} exists`,
    );
  });

  it('refuses writes to a deleted one', async () => {
    const id = await create('gone');
    await experiments.setTag(background, id, { key: 'a', value: '1' });
    await experiments.delete(background, id);
    const inactive = `INVALID_PARAMETER_VALUE The experiment ${id} must be in the 'active' state. Current state is deleted.`;
    expect(await refusalOf(experiments.setTag(background, id, { key: 'a', value: '2' }))).to.equal(inactive);
    expect(await refusalOf(experiments.deleteTag(background, id, 'a'))).to.equal(inactive);
    expect(await refusalOf(experiments.rename(background, id, 'new'))).to.equal(
      'INVALID_STATE Cannot rename a non-active experiment.',
    );
    expect(Object.fromEntries((await experiments.get(background, id)).tags)).to.deep.equal({ a: '1' });
  });

  it('reads an id in every spelling of an integer', async () => {
    const id = await create('spelt');
    for (const spelling of [` ${id} `, `0${id}`, `+${id}`]) {
      expect((await experiments.get(background, spelling)).experimentId).to.equal(id);
    }
    expect(await refusalOf(experiments.get(background, '1.0'))).to.equal(
      "INVALID_PARAMETER_VALUE Invalid experiment ID '1.0'. Experiment ID must be a valid integer.",
    );
  });

  it('renames to a free name only, its own included', async () => {
    const id = await create('old name');
    await create('not free');
    expect(await refusalOf(experiments.rename(background, id, 'not free'))).to.match(/^BAD_REQUEST /);
    await experiments.rename(background, id, 'old name');
    await experiments.rename(background, id, 'new name');
    expect((await experiments.getByName(background, 'new name')).experimentId).to.equal(id);
    expect(await refusalOf(experiments.getByName(background, 'old name'))).to.match(/^RESOURCE_DOES_NOT_EXIST /);
  });

  it('counts lengths in code points', async () => {
    await create('\u{1f600}'.repeat(500));
    expect(await refusalOf(create('\u{1f600}'.repeat(501)))).to.equal(
      "INVALID_PARAMETER_VALUE 'name' exceeds the maximum length of 500 characters",
    );
  });

  it('limits saved views, and lets those that are there be changed', async () => {
    const tags = Array.from({ length: 50 }, (_, i) => ({ key: `mlflow.customView.view${i}`, value: '' }));
    const id = await experiments.create(background, { name: 'views', tags });
    const more = { key: 'mlflow.customView.view50', value: '' };
    expect(await refusalOf(experiments.setTag(background, id, more))).to.contain(
      `another custom view for experiment ${id};`,
    );
    await experiments.setTag(background, id, { key: 'mlflow.customView.view49', value: 'new' });
    expect(await refusalOf(experiments.create(background, { name: 'more', tags: [...tags, more] }))).to.contain(
      'custom view;',
    );
  });

  it('checks the tags that steer the archival of traces', async () => {
    const id = await create('traces');
    const set = (key: string, value: string): Promise<void> =>
      experiments.setTag(background, id, { key: `mlflow.trace.${key}`, value });
    await set('archivalRetention', '{"type":"duration","value":" 30d "}');
    await set('archiveNow', '{}');
    for (const value of ['x', '[]', '{"type":"other"}', '{"type":"duration","value":"0d"}', '{"type":"duration"}']) {
      expect(await refusalOf(set('archivalRetention', value)), value).to.match(
        /^INVALID_PARAMETER_VALUE Trace archival/,
      );
    }
  });

  it('lets an administrator allow a scheme that names a host', async () => {
    const location = { artifactLocation: 'hdfs://namenode:8020/ml', tags: [] };
    expect(await refusalOf(experiments.create(background, { name: 'hdfs', ...location }))).to.contain(
      "cannot use the 'hdfs' scheme",
    );
    const rules = { ...defaultRules, allowedHostSchemes: new Set(['hdfs']) };
    const allowing = createExperimentService(temporary.store.experiments, { rules });
    expect(await allowing.create(background, { name: 'hdfs', ...location })).to.match(/^\d+$/);
  });
});
