import { Writable } from 'node:stream';
import { expect } from 'chai';
import { pino } from 'pino';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import { invalidParameter } from '../../../backend/errors.ts';
import { createAccessLog } from '../../../backend/http/access-log.ts';
import type { AccessLine } from '../../../backend/http/access-log.ts';
import { ClientGone } from '../../../backend/http/http-error.ts';
import { startApp, until } from './app-under-test.ts';

const line: AccessLine = {
  requestId: 'r1',
  route: 'runs.create',
  access: 'write',
  method: 'POST',
  user: 'sam',
  ids: { run_id: 'a1' },
  status: 200,
  ms: 1.23456,
  bytesOut: 10,
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
    expect(quiet.entries).to.deep.equal([]);
    const loud = record('debug');
    loud.log({ ...line, access: 'read' });
    expect(loud.entries).to.have.length(1);
  });

  it('says what the server failed at, and not what its clients left', () => {
    const { entries, log } = record('error');
    log({ ...line, access: 'read', status: 500, failure: new Error('disk gone') });
    log({ ...line, failure: new ClientGone('left') });
    expect(entries).to.have.length(1);
    expect((entries[0]?.err as Error).message).to.equal('disk gone');
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
