import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';

describe('kirka, called wrongly', () => {
  let folder: ReturnType<typeof temporaryFolder>;

  before(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder.path, 'file'), 'x');
  });
  after(() => folder.remove());

  /** @returns what it said, after it ended with code 1 */
  async function refusal(...args: string[]): Promise<string> {
    const run = runKirka(...args);
    expect([await run.exit, run.output()], run.errors()).to.deep.equal([1, '']);
    return run.errors();
  }

  it('says in one line that there is no service definition to validate', async () => {
    for (const place of [join(folder.path, 'file'), join(folder.path, 'nowhere'), folder.path]) {
      expect(await refusal('validate', place)).to.match(/^kirka: there is no service\.xml in \S+; it is in .*\n$/);
    }
  });

  it('says in one line that it cannot generate into a file', async () => {
    expect(await refusal('generate', '--out', join(folder.path, 'file'))).to.match(/^kirka: ENOTDIR: .*\n$/);
  });

  it('says what can be imported from, and repeats no password', async () => {
    const data = ['--data', join(folder.path, 'data')];
    for (const from of ['./mlruns', 'databricks', '127.0.0.1:5000', 'postgresql://user:s3cret@host/mlflow']) {
      const said = await refusal('import', '--from', from, ...data);
      expect(said)
        .to.match(/^kirka: --from takes the http or https address .*\n$/)
        .and.not.contain('s3cret');
    }
    expect(await refusal('import', '--from', 'http://user:s3cret@host', ...data))
      .to.contain('MLFLOW_TRACKING_USERNAME')
      .and.not.contain('s3cret');
  });

  it('imports nothing from what is no MLflow server', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url?.startsWith('/other/') ? 404 : 200, { 'content-type': 'application/json' });
      response.end('{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const data = ['--data', join(folder.path, 'data')];
    expect(await refusal('import', '--from', url, ...data)).to.contain('No MLflow server: it has no experiment');
    expect(await refusal('import', '--from', `${url}/other`, ...data)).to.contain("Is it MLflow's? Look at --from");
    server.close();
  });

  it('goes on where its reader goes away', async () => {
    const data = join(folder.path, 'kept');
    await (await startBackendProcess({ data })).kill('SIGTERM');
    const kirka = `'${process.execPath}' dist/bin/kirka.js gc --older-than 0s --data '${data}'`;
    const said = await new Promise<string>((resolve) => {
      execFile('bash', ['-c', `(${kirka}; echo "code $?" >&2) | true`], (_error, _stdout, stderr) => resolve(stderr));
    });
    expect(said).to.equal('code 0\n');
  });
});
