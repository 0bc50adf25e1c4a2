import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, waitUntilReady } from '../stack/child.ts';
import type { Child } from '../stack/child.ts';
import { ask } from './support/ask.ts';
import { serve } from './support/backend.ts';
import type { TestBackend } from './support/backend.ts';
import { stack } from './support/hooks.ts';
import { ports, stockVersion, topologyFor } from './support/stack.ts';

const write = '/kirka/api/2.0/mlflow/runs/log-metric';
const read = '/kirka/api/2.0/mlflow/runs/get';
const backendMain = fileURLToPath(new URL('support/counting-backend.ts', import.meta.url));

describe('two backends behind Knox', () => {
  let folder: string;
  const notes = (index: number): string => join(folder, `seen-${String(index)}`);
  const backends: Child[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-ha-'));
    for (const [index, port] of ports.ha.entries()) {
      writeFileSync(notes(index), '');
      const args = ['--import', 'tsx', backendMain, String(port), notes(index)];
      const backend = startChild(process.execPath, args, { logFile: join(folder, `log-${String(index)}`), cwd: '.' });
      backends.push(backend);
      const ready = (): Promise<boolean> =>
        fetch(`http://127.0.0.1:${String(port)}`).then(
          () => true,
          () => false,
        );
      await waitUntilReady(backend, `backend ${String(index)}`, ready, { timeout: 30_000, progress: () => undefined });
    }
  });
  after(async () => {
    await Promise.all(backends.map((backend) => backend.stop()));
    rmSync(folder, { recursive: true });
  });

  it('one is killed under load: no write arrives twice, and none that was answered is missing', async () => {
    const writes = 400;
    const answered: string[] = [];
    const refused: string[] = [];
    const reads: number[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      for (let id = next++; id < writes; id = next++) {
        if (id === writes / 2) process.kill(backends[0]!.pid, 'SIGKILL');
        const { status } = await ask({ path: `/ha${write}`, method: 'POST' }, `write-${String(id)}`);
        (status === 200 ? answered : refused).push(`write-${String(id)}`);
        if (id % 4 === 0) reads.push((await ask({ path: `/ha${read}` })).status);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));

    const [first, second] = [0, 1].map((index) =>
      readFileSync(notes(index), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('POST ')),
    ) as [string[], string[]];
    const arrived = [...first, ...second].map((line) => line.slice('POST '.length));
    expect(arrived.length, 'writes that arrived twice').to.equal(new Set(arrived).size);
    expect(
      answered.filter((id) => !arrived.includes(id)),
      'answered and missing',
    ).to.deep.equal([]);
    expect(new Set(reads), 'reads').to.deep.equal(new Set([200]));
    expect(first.length, 'writes at the first before it died').to.be.above(0);
    expect(second.length, 'writes at the second afterwards').to.be.above(writes / 4);
    expect(refused.length, 'writes that broke off: at most one a client').to.be.at.most(8);
  });
});

describe('a write that breaks off at one of two backends', () => {
  let breaking: TestBackend;
  let other: TestBackend;
  let arrivals: number;

  before(async () => {
    breaking = await serve((request) => {
      request.resume().once('end', () => {
        arrivals++;
        request.socket.destroy();
      });
    });
    other = await serve((request, response) => {
      request.resume().once('end', () => {
        arrivals++;
        response.end();
      });
    });
  });
  after(() => Promise.all([breaking.close(), other.close()]));

  for (const [name, version, expected, status] of [
    ["arrives once through Kirka's dispatch", undefined, 1, 502],
    ["arrives again through Knox's own: why there is another", stockVersion, 2, 200],
  ] as const) {
    it(name, async () => {
      const topology = version === undefined ? 'breaking' : 'breaking-stock';
      const edits = version === undefined ? {} : { version };
      await stack().knox.deploy(topology, topologyFor('sandbox-ha', [breaking.url, other.url], edits));
      arrivals = 0;
      const answer = await ask({ path: `/${topology}${write}`, method: 'POST' }, '{}');
      expect([arrivals, answer.status]).to.deep.equal([expected, status]);
    });
  }
});
