import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { buildConfig } from '../../../../backend/config/config.ts';
import { readSettings } from '../../../../backend/config/read-settings.ts';
import { startBackend } from '../../../../backend/server.ts';
import type { Backend } from '../../../../backend/server.ts';
import { failureOf } from '../../../contract/artifact-store/helpers.ts';
import { startFakeWebHdfs } from '../../../support/fake-webhdfs/index.ts';
import type { FakeWebHdfs } from '../../../support/fake-webhdfs/index.ts';

const secret = '0123456789abcdef0123456789abcdef';
const artifacts = '/api/2.0/mlflow-artifacts/artifacts';

describe('a backend with artifacts in HDFS', () => {
  let folder: string;
  let fake: FakeWebHdfs;
  let backend: Backend;
  const lines: string[] = [];

  const start = (flags: Record<string, string>): Promise<Backend> => {
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, secret, { mode: 0o600 });
    const base = { port: '0', data: join(folder, 'data'), identity: 'dispatch', gatewaySecretFile: secretFile };
    const hdfs = { webhdfs: fake.addresses.join(','), webhdfsUser: 'kirka', webhdfsDoAs: 'true' };
    const log = { write: (line: string): void => void lines.push(line) };
    return startBackend(buildConfig(readSettings({ ...base, ...hdfs, ...flags }, {})), pino({}, log));
  };
  const ask = (method: string, path: string, user: string, body?: string): Promise<Response> =>
    fetch(backend.url + artifacts + path, {
      method,
      headers: { 'X-Kirka-Gateway-Secret': secret, 'X-Kirka-User': user },
      ...(body === undefined ? {} : { body }),
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-hdfs-'));
    fake = await startFakeWebHdfs();
    backend = await start({});
    fake.asked.length = 0;
  });

  after(async () => {
    await backend.close();
    await fake.close();
    rmSync(folder, { recursive: true });
  });

  it('says where artifacts are kept', () => {
    const line = lines.find((each) => each.includes('"listening"'));
    expect(line ?? 'no line')
      .to.include('HDFS folder /kirka/artifacts')
      .and.include('as kirka, acting for its users');
  });

  it('reaches them as the caller of each request', async () => {
    expect((await ask('PUT', '/0/f', 'alice', 'x')).status).to.equal(200);
    expect(await (await ask('GET', '/0/f', 'bob')).text()).to.equal('x');
    expect((await ask('DELETE', '/0/f', 'carol')).status).to.equal(200);
    const users = fake.asked.map(({ query }) => query.get('doas'));
    expect([...new Set(users)]).to.deep.equal(['alice', 'bob', 'carol']);
  });

  it('answers 403 to whom HDFS cannot know', async () => {
    const answer = await ask('GET', '?path=0', 'alice@example.com');
    expect(answer.status).to.equal(403);
    expect(await answer.json()).to.include({ error_code: 'PERMISSION_DENIED' });
  });

  it('does not start where HDFS cannot be reached, and says which address', async () => {
    const message = String(await failureOf(start({ webhdfs: 'http://127.0.0.1:1', webhdfsTimeout: '1' })));
    expect(message).to.include('HDFS did not answer').and.include('http://127.0.0.1:1/webhdfs/v1');
  });
});
