import { Writable } from 'node:stream';
import { expect } from 'chai';
import { pino } from 'pino';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import { invalidParameter, MlflowError } from '../../../backend/errors.ts';
import { createAccessLog } from '../../../backend/http/access-log.ts';
import type { AccessLine } from '../../../backend/http/access-log.ts';
import { ClientGone } from '../../../backend/http/http-error.ts';
import { startApp, until } from './app-under-test.ts';

const line: AccessLine = {
  requestId: 'r1',
  route: 'runs.create',
  access: 'write',
  method: 'POST',
  address: '192.0.2.7',
  user: 'sam',
  ids: { run_id: 'a1' },
  status: 200,
  ms: 1.23456,
  bytesOut: 10,
  aborted: false,
  failure: undefined,
};

function record(level: string): { entries: Record<string, unknown>[]; log: ReturnType<typeof createAccessLog> } {
  const entries: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      entries.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  return { entries, log: createAccessLog(pino({ level }, sink)) };
}

describe('the access log', () => {
  it('says who did each write', () => {
    const { entries, log } = record('info');
    log(line);
    expect(entries).to.have.length(1);
    expect(entries[0]).to.include({
      user: 'sam',
      route: 'runs.create',
      requestId: 'r1',
      status: 200,
      ms: 1.235,
      run_id: 'a1',
    });
  });

  it('names what a write touches, cut to a length', async () => {
    const { entries, log } = record('info');
    const app = await startApp(
      {
        'runs.setTag': (call) => {
          call.touch?.({ run_id: 'r'.repeat(1000) });
          call.touch?.({ experiment_id: '7' });
          return Promise.reject(invalidParameter('no'));
        },
      },
      { log },
    );
    await fetch(`${app.url}/api/2.0/mlflow/runs/set-tag`, { method: 'POST' });
    await until(() => entries.length === 1);
    await app.close();
    expect(entries[0]).to.include({ run_id: 'r'.repeat(256), experiment_id: '7', status: 400 });
  });

  it('keeps reads and refused reads at debug', () => {
    const quiet = record('info');
    quiet.log({ ...line, access: 'read' });
    quiet.log({ ...line, access: 'read', status: 400, failure: invalidParameter('no') });
    // What /ready says at every probe of a load balancer; the reason is logged where it is found.
    quiet.log({ ...line, access: 'read', status: 503 });
    expect(quiet.entries).to.deep.equal([]);
    const loud = record('debug');
    loud.log({ ...line, access: 'read' });
    expect(loud.entries).to.have.length(1);
  });

  it('warns of whoever is refused, whatever the method, with the address', async () => {
    const { entries, log } = record('warn');
    const identity = { mode: 'dispatch', proof: { secret: 'hunter2-hunter2-hunter2' } } as const;
    const app = await startApp({}, { log, identity });
    const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(app.url + path, { method, headers });
    try {
      await send('GET', '/api/2.0/mlflow/runs/get');
      await send('HEAD', '/version');
      await send('GET', '/nope');
      await send('POST', '/api/2.0/mlflow/runs/create', { 'X-Kirka-Gateway-Secret': 'wrong' });
      await until(() => entries.length === 4);
    } finally {
      await app.close();
    }
    const shown = entries.map(({ level, method, status, address }) => [level, method, status, address]);
    expect(shown).to.deep.equal([
      [40, 'GET', 401, '127.0.0.1'],
      [40, 'HEAD', 401, '127.0.0.1'],
      [40, 'GET', 401, '127.0.0.1'],
      [40, 'POST', 403, '127.0.0.1'],
    ]);
  });

  it('takes a workspace that is meant for no failure of the server', () => {
    const { entries, log } = record('debug');
    log({ ...line, status: 500, failure: new MlflowError('FEATURE_DISABLED', 'no workspaces') });
    log({ ...line, status: 403, failure: new MlflowError('PERMISSION_DENIED', 'not yours') });
    log(line);
    expect(entries.map(({ level, address, err }) => [level, address, err])).to.deep.equal([
      [40, '192.0.2.7', undefined],
      [40, '192.0.2.7', undefined],
      [30, undefined, undefined],
    ]);
  });

  it('says what the server failed at, and not what its clients left', () => {
    const { entries, log } = record('error');
    log({ ...line, access: 'read', status: 500, failure: new Error('disk gone') });
    log({ ...line, aborted: true, failure: new ClientGone('left') });
    log({ ...line, status: 500, aborted: true, failure: new Error('disk gone, too') });
    expect(entries.map(({ err, aborted }) => [(err as Error).message, aborted])).to.deep.equal([
      ['disk gone', undefined],
      ['disk gone, too', true],
    ]);
  });

  it('takes a path that an artifact store refuses for no failure of its own, and a store that fails for one', () => {
    const { entries, log } = record('info');
    log({ ...line, status: 400, failure: new ArtifactError('bad-path', 'Invalid path') });
    log({ ...line, status: 503, failure: new ArtifactError('unavailable', 'HDFS did not answer') });
    expect(entries.map(({ level, err }) => [level, err === undefined])).to.deep.equal([
      [30, true],
      [50, false],
    ]);
  });

  it('holds no secret, no query and no body', async () => {
    const { entries, log } = record('debug');
    const identity = { mode: 'dispatch', proof: { secret: 'hunter2-hunter2-hunter2' } } as const;
    const app = await startApp({ 'runs.create': () => Promise.reject(new Error('boom')) }, { log, identity });
    await fetch(`${app.url}/api/2.0/mlflow/runs/create?token=hunter2`, {
      method: 'POST',
      body: '{"password":"hunter2"}',
      headers: {
        Authorization: 'Basic hunter2',
        'X-Kirka-Gateway-Secret': 'hunter2-hunter2-hunter2',
        'X-Kirka-User': 'sam',
        Cookie: 'hunter2',
      },
    });
    await until(() => entries.length === 1);
    await app.close();
    expect(entries[0]).to.include({ user: 'sam', status: 500 });
    expect(JSON.stringify(entries)).to.not.include('hunter2');
  });
});
