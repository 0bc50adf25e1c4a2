import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { mlflowVersion } from '../../backend/manifest/index.ts';
import { requireFreePort } from '../stack/free-port.ts';
import { printedUntil } from '../stack/printed-until.ts';
import { answerTo } from './support/ask.ts';
import { ports } from './support/stack.ts';

const own = { knox: ports.knox + 10, ldap: ports.knox + 11, kirka: ports.knox + 12 };

describe('npm run knox', () => {
  it('starts everything, says how to reach it, and stops everything at Ctrl-C', async function () {
    this.timeout(300_000);
    const data = mkdtempSync(join(tmpdir(), 'kirka-run-knox-'));
    const flags = ['--port', String(own.knox), '--ldap-port', String(own.ldap), '--backend-port', String(own.kirka)];
    // A group of its own, as a terminal gives it: Ctrl-C reaches all of it.
    const npm = spawn('npm', ['run', 'knox', '--', ...flags, '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const ended = once(npm, 'exit');
    try {
      const printed = await printedUntil(npm.stdout, /Ctrl-C stops everything/, ended);
      const url = /^mlflow\.set_tracking_uri\("(.+)"\)$/m.exec(printed)?.[1] ?? '';
      const caFile = /CERT_PATH"\] = "(.+)"$/m.exec(printed)?.[1] ?? '';
      const call = request(`${url}/version`, { ca: readFileSync(caFile), auth: 'guest:guest-password', agent: false });
      expect(await text(await answerTo(call.end()))).to.equal(mlflowVersion);
    } finally {
      process.kill(-(npm.pid ?? 0), 'SIGINT');
      await ended;
      rmSync(data, { recursive: true, force: true });
    }
    for (const [name, port] of Object.entries(own)) await requireFreePort(port, name);
  });
});
