import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mlflowVersion } from '../../backend/manifest/index.ts';
import { readAddresses } from '../stack/cluster/index.ts';
import type { Addresses } from '../stack/cluster/index.ts';
import { printedUntil } from '../stack/printed-until.ts';
import { expectStatus } from './support/ask.ts';
import { basePort } from './support/hooks.ts';
import { cellsOf, createTable, getCell, hdfs, putCell, readFile } from './support/servers.ts';

const port = basePort + 100;
const artifact = Buffer.from('bytes that a client logged');

describe('npm run cluster', function () {
  this.timeout(900_000);
  let folder: string;
  let npm: ChildProcess;
  let ended: Promise<unknown>;
  let printed: string;
  let addresses: Addresses;
  let runId: string;

  const start = async (): Promise<void> => {
    // A group of its own, as a terminal gives it: Ctrl-C reaches all of it.
    npm = spawn('npm', ['run', 'cluster', '--', '--port', String(port), '--folder', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    ended = once(npm, 'exit');
    printed = await printedUntil(npm.stdout as NonNullable<typeof npm.stdout>, /Ctrl-C stops everything/, ended);
    addresses = readAddresses(/KIRKA_CLUSTER=(\S+)/.exec(printed)?.[1] ?? '');
  };
  const pressCtrlC = async (): Promise<void> => {
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-(npm.pid ?? 0), 'SIGINT');
    await ended;
  };
  /** Asks Kirka as what is printed tells a client to. */
  const ask = async (method: string, path: string, body?: string | Buffer): Promise<Buffer> => {
    const uri = /^mlflow\.set_tracking_uri\("(.+)"\)$/m.exec(printed)?.[1] ?? '';
    const ca = readFileSync(/CERT_PATH"\] = "(.+)"$/m.exec(printed)?.[1] ?? '', 'utf8');
    const headers = { 'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream' };
    const question = body === undefined ? { method } : { method, headers, body };
    return (await expectStatus(200, uri + path, { ...question, user: 'guest', ca })).body;
  };
  const artifactPath = (): string => `0/${runId}/artifacts/f.bin`;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-run-cluster-'));
    return start();
  });
  after(async () => {
    await pressCtrlC();
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts everything, and says how to reach it', async () => {
    const { rest, webhdfs, gateway } = addresses;
    for (const url of [...rest, ...webhdfs, gateway?.kirka ?? 'no gateway']) expect(printed).to.include(url);
    await createTable(rest[0] ?? '', 'a');
    await putCell(rest[0] ?? '', 'a/r/d:a', 'b');
    expect(await getCell(rest[1] ?? '', 'a/r/d:a')).to.equal('b');
    expect((await ask('GET', '/version')).toString()).to.equal(mlflowVersion);
  });

  it('keeps what a client logs in HBase and in HDFS', async () => {
    const created = await ask('POST', '/api/2.0/mlflow/runs/create', '{"experiment_id": "0"}');
    runId = (JSON.parse(created.toString()) as { run: { info: { run_id: string } } }).run.info.run_id;
    const param = { run_id: runId, key: 'alpha', value: 'a value that a client logged' };
    await ask('POST', '/api/2.0/mlflow/runs/log-parameter', JSON.stringify(param));
    await ask('PUT', `/api/2.0/mlflow-artifacts/artifacts/${artifactPath()}`, artifact);

    const [rest = ''] = addresses.rest;
    expect((await cellsOf(rest, 'kirka_runs')).join('\n')).to.include(param.value);
    const file = hdfs(addresses.webhdfs[0] ?? '', `/kirka/artifacts/${artifactPath()}`, 'OPEN', {
      'user.name': 'kirka',
    });
    expect(await readFile(file)).to.deep.equal(artifact);
  });

  it('leaves no process at Ctrl-C', async () => {
    await pressCtrlC();
    expect(processesWith(folder)).to.deep.equal([]);
    expect(processesWith(`cluster-${String(port)}/`)).to.deep.equal([]);
    expect(existsSync(join(folder, 'cluster.json')), 'addresses of what is gone').to.equal(false);
  });

  it('has what was logged when it is started again', async () => {
    await start();
    const got = await ask('GET', `/api/2.0/mlflow/runs/get?run_id=${runId}`);
    expect(JSON.parse(got.toString())).to.have.deep.nested.property('run.data.params', [
      { key: 'alpha', value: 'a value that a client logged' },
    ]);
    expect(await ask('GET', `/api/2.0/mlflow-artifacts/artifacts/${artifactPath()}`)).to.deep.equal(artifact);
  });
});

/** The commands that have a text in their arguments: every server has its folder there. */
const processesWith = (text: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(text));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it ended meanwhile
  }
}
