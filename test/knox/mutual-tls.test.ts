import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import { startBackend } from '../../backend/server.ts';
import type { Backend } from '../../backend/server.ts';
import { ask } from './support/ask.ts';
import { stack } from './support/hooks.ts';
import { testTls, topologyFor } from './support/stack.ts';

const withoutSecret = { secretAlias: '' };
const create = '/kirka/api/2.0/mlflow/runs/create';
const json = { 'content-type': 'application/json' };

describe('a backend that asks Knox for its certificate', () => {
  let backend: Backend;
  let data: string;

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'kirka-mutual-tls-'));
    const tls = { tlsCert: testTls('server.crt'), tlsKey: testTls('server.key') };
    const identity = { identity: 'dispatch', tlsClientCa: stack().knox.home.caFile };
    const settings = readSettings({ port: '0', data, ...tls, ...identity }, {});
    backend = await startBackend(buildConfig(settings), pino({ level: 'silent' }));
  });
  after(async () => {
    await backend.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('believes a Knox that shows it, without any secret', async () => {
    const serviceParams = { ...withoutSecret, useTwoWaySsl: 'true' };
    await stack().knox.deploy(
      'two-way',
      topologyFor('sandbox', [backend.url.replace('127.0.0.1', 'localhost')], { serviceParams }),
    );
    const { status, body } = await ask(
      { path: `/two-way${create}`, method: 'POST', user: 'sam', headers: json },
      '{"experiment_id": "0"}',
    );
    expect(status, body.toString()).to.equal(200);
    expect(JSON.parse(body.toString())).to.have.nested.property('run.info.user_id', 'sam');
  });

  it('is not reached by a Knox that neither trusts it nor shows its own', async () => {
    await stack().knox.deploy('one-way', topologyFor('sandbox', [backend.url], { serviceParams: withoutSecret }));
    expect((await ask({ path: '/one-way/kirka/version' })).status).to.equal(502);
  });
});
