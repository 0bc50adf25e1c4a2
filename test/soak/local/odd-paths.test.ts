import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseArtifactPath } from '../../../backend/artifacts/path.ts';
import { forEachOf } from '../../../backend/several.ts';
import { filesBelow } from '../../end-to-end/backend-process.ts';
import { temporaryFolder } from '../../end-to-end/kirka-process.ts';
import { startBackendProcess } from '../../support/backend-process.ts';
import type { BackendProcess } from '../../support/backend-process.ts';
import { deep, writeDeep } from '../../support/deep-tree.ts';
import { until } from '../../support/until.ts';
import { partOf } from '../part.ts';
import { oddPath, spellings } from './odd-path.ts';

const uploads = partOf(10_000);
const starts = partOf(100);
/** Each in a folder of its own, but for the first, whose paths begin at the root. */
const writers = 6;
const seed = Number(process.env['KIRKA_SOAK_SEED'] ?? 1);

/** Descriptors that a backend may hold: its own, a connection and a few folders for each writer. */
const mostDescriptors = 120;

const artifacts = '/api/2.0/mlflow-artifacts/artifacts';

/** What a URL's path names; undefined where it is refused. */
function named(url: string): string | undefined {
  try {
    return parseArtifactPath(decodeURIComponent(url.split('?', 1)[0] ?? ''));
  } catch {
    return undefined;
  }
}

/**
 * Whether each folder of a path can be named by itself: of `a?/b` it cannot, for a `?` at the end is dropped, by MLflow's
 * server too. What lies in one is found by no list.
 */
const isListable = (path: string): boolean =>
  path.split('/').every((_name, i, names) => {
    const folder = names.slice(0, i).join('/');
    return named(encodeURIComponent(folder)) === folder;
  });

describe(`uploads and starts with ${uploads.toLocaleString('en')} odd paths`, function () {
  this.timeout(3_600_000);
  const data = temporaryFolder();
  const root = join(data.path, 'artifacts');
  const staging = join(root, '.kirka-staging');
  /** What was acknowledged and not removed, by its path. */
  const there = new Map<string, string>();
  const statuses = new Map<number, number>();
  let backend: BackendProcess;
  let most = 0;

  let watch: NodeJS.Timeout;

  before(() => {
    process.stderr.write(`  seed ${String(seed)}: KIRKA_SOAK_SEED takes another\n`);
    watch = setInterval(() => {
      const descriptors = `/proc/${String((backend as BackendProcess | undefined)?.pid)}/fd`;
      if (existsSync(descriptors)) most = Math.max(most, readdirSync(descriptors).length);
    }, 5);
  });
  after(async () => {
    clearInterval(watch);
    await backend.kill('SIGKILL');
    data.remove();
  });

  /** The path goes as it is. */
  async function ask(method: string, path: string, body?: string): Promise<readonly [status: number, body: string]> {
    const { hostname, port } = new URL(backend.url);
    const sent = request({ hostname, port, method, path, agent: false }).end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return [answer.statusCode ?? 0, await text(answer)];
  }

  async function write(url: string, content: string): Promise<void> {
    const [status, answer] = await ask('PUT', `${artifacts}/${url}`, content);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 200) there.set(named(url) ?? `200 to ${url}`, content);
    else expect(status, `${url.slice(0, 200)}: ${answer}`).to.be.oneOf([400, 404]);
    // A request line that Node's parser refuses has no body.
    if (answer !== '' && status !== 200) expect(answer.length).to.be.below(20_000);
  }

  /** Removes what a writer made last, or a folder above it. */
  async function remove(path: string, levels: number): Promise<void> {
    const doomed = path.split('/').slice(0, levels).join('/');
    const [status, answer] = await ask('DELETE', `${artifacts}/${doomed.split('/').map(encodeURIComponent).join('/')}`);
    expect(status, answer).to.equal(200);
    for (const name of there.keys()) if (name === doomed || name.startsWith(`${doomed}/`)) there.delete(name);
  }

  async function read(path: string): Promise<string> {
    const [, body] = await ask('GET', `${artifacts}/${path.split('/').map(encodeURIComponent).join('/')}`);
    return body;
  }

  /** Uploads that stand still when the backend ends: nobody has acknowledged them. */
  async function stalledUploads(): Promise<void> {
    for (let i = 0; i < 3; i++) {
      const upload = request(`${backend.url}${artifacts}/stalled/${deep(50)}${String(i)}`, {
        method: 'PUT',
        headers: { 'content-length': '1000' },
      });
      upload.on('error', () => undefined);
      upload.write('half');
    }
    await until('the stalled uploads', 10, () =>
      readdirSync(staging).some((name) => name !== 'removed' && readdirSync(join(staging, name)).length === 3),
    );
  }

  /** What older versions may have left: in the staging folder, and where users see it. */
  async function leaveDeep(round: number): Promise<string> {
    const depth = [10, 600, 2100][round % 3] ?? 10;
    await writeDeep(
      staging,
      `4194999-1-${String(round)}/${deep(depth)}f`,
      `removed/${String(round)}/é/${deep(depth)}f`,
    );
    const old = `old-${String(round)}`;
    await writeDeep(root, `${old}/${deep(depth)}f`);
    there.set(`${old}/${deep(depth)}f`, 'x');
    return old;
  }

  const isSwept = (): boolean =>
    readdirSync(join(staging, 'removed')).length === 0 &&
    readdirSync(staging).every((name) => name === 'removed' || name.startsWith(`${String(backend.pid)}-`));

  it(`answers each, keeps what it acknowledged, and starts ${String(starts)} times on all that is left`, async () => {
    const paths = fc.sample(oddPath, { seed, numRuns: uploads });
    const perRound = Math.ceil(uploads / starts);
    for (let round = 0; round < starts; round++) {
      const old = await leaveDeep(round);
      backend = await startBackendProcess({ data: data.path, flags: ['--shutdown-timeout', '1'] });
      const ours = paths.slice(round * perRound, (round + 1) * perRound);
      const shares = Array.from({ length: writers }, (_, writer) => ours.filter((_each, i) => i % writers === writer));
      await forEachOf([...shares.entries()], async ([writer, share]) => {
        for (const [i, path] of share.entries()) {
          const spelling = spellings[(i + round) % spellings.length] ?? String;
          const url = (writer === 0 ? '' : `w${String(writer)}/`) + spelling(path);
          if (!isListable(named(url) ?? '')) continue;
          await write(url, `${String(round)} ${String(writer)} ${String(i)}`);
          const last = named(url);
          if (i % 7 === 6 && last !== undefined && there.has(last)) await remove(last, 1 + (i % 3));
        }
      });
      await remove(old, 1);
      for (const [path, content] of [...there].slice(-50)) expect(await read(path), path).to.equal(content);
      await stalledUploads();
      await backend.kill(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      expect(backend.log.filter((line) => !line.includes('"level":30')).slice(0, 3)).to.deep.equal([]);
    }
    process.stderr.write(
      `  answers ${[...statuses].map(([status, count]) => `${String(status)}: ${String(count)}`).join(', ')}; ` +
        `${String(there.size)} files; at most ${String(most)} descriptors\n`,
    );
    expect(statuses.get(200)).to.be.above(uploads / 4);
    expect(most).to.be.below(mostDescriptors);
  });

  it('lists and gives all that it acknowledged and no more, and removes it', async () => {
    backend = await startBackendProcess({ data: data.path, flags: ['--shutdown-timeout', '1'] });
    const found: string[] = [];
    const folders = [''];
    for (let folder; (folder = folders.pop()) !== undefined;) {
      const [status, body] = await ask('GET', `${artifacts}?path=${encodeURIComponent(folder)}`);
      expect(status, body).to.equal(200);
      const { files = [] } = JSON.parse(body) as { files?: readonly { path: string; is_dir: boolean }[] };
      for (const { path, is_dir } of files) {
        const whole = folder === '' ? path : `${folder}/${path}`;
        if (is_dir) folders.push(whole);
        else found.push(whole);
      }
    }
    const listed = new Set(found);
    const differing = {
      missing: [...there.keys()].filter((path) => !listed.has(path)),
      unknown: found.filter((path) => !there.has(path)),
    };
    expect(differing).to.deep.equal({ missing: [], unknown: [] });
    for (const [path, content] of there) expect(await read(path), path).to.equal(content);

    const tops = new Set([...there.keys()].map((path) => path.split('/', 1)[0] ?? ''));
    for (const top of tops) await remove(top, 1);
    const [, list] = await ask('GET', artifacts);
    for (const { path } of (JSON.parse(list) as { files?: readonly { path: string }[] }).files ?? [])
      await remove(path, 1);
    await until('the removal of what is left', 60, isSwept);
    expect(await filesBelow(root)).to.deep.equal([]);
    expect(readdirSync(root)).to.deep.equal(['.kirka-staging']);
    await backend.kill('SIGTERM');
    expect(readdirSync(staging)).to.deep.equal(['removed']);
  });
});
