import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mlflowVersion } from '../../backend/manifest/index.ts';
import { readAddresses } from '../stack/cluster/index.ts';
import { printedUntil } from '../stack/printed-until.ts';
import { expectStatus } from './support/ask.ts';
import { basePort } from './support/hooks.ts';
import { createTable, getCell, putCell } from './support/servers.ts';

describe('npm run cluster', () => {
  it('starts everything, says how to reach it, and leaves no process at Ctrl-C', async function () {
    this.timeout(900_000);
    const folder = mkdtempSync(join(tmpdir(), 'kirka-run-cluster-'));
    // A group of its own, as a terminal gives it: Ctrl-C reaches all of it.
    const npm = spawn('npm', ['run', 'cluster', '--', '--port', String(basePort + 100), '--folder', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const ended = once(npm, 'exit');
    try {
      const printed = await printedUntil(npm.stdout, /Ctrl-C stops everything/, ended);
      const { rest, webhdfs, gateway } = readAddresses(/KIRKA_CLUSTER=(\S+)/.exec(printed)?.[1] ?? '');
      for (const url of [...rest, ...webhdfs]) expect(printed).to.include(url);
      await createTable(rest[0] ?? '', 'a');
      await putCell(rest[0] ?? '', 'a/r/d:a', 'b');
      expect(await getCell(rest[1] ?? '', 'a/r/d:a')).to.equal('b');
      const uri = /^mlflow\.set_tracking_uri\("(.+)"\)$/m.exec(printed)?.[1] ?? '';
      expect(uri).to.equal(gateway?.kirka);
      const ca = readFileSync(/CERT_PATH"\] = "(.+)"$/m.exec(printed)?.[1] ?? '', 'utf8');
      const { body } = await expectStatus(200, `${uri}/version`, { user: 'guest', ca });
      expect(body.toString()).to.equal(mlflowVersion);
    } finally {
      process.kill(-(npm.pid ?? 0), 'SIGINT');
      await ended;
    }
    expect(processesWith(folder)).to.deep.equal([]);
    expect(processesWith(`cluster-${String(basePort + 100)}/`)).to.deep.equal([]);
    expect(existsSync(join(folder, 'cluster.json')), 'addresses of what is gone').to.equal(false);
    rmSync(folder, { recursive: true, force: true });
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
