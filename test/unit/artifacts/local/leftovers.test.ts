import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { background } from '../../../../backend/call-context.ts';
import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../../backend/artifacts/local/index.ts';
import { get, names, path, put } from '../../../contract/artifact-store/helpers.ts';
import { deep, writeDeep } from '../../../support/deep-tree.ts';
import { until } from '../../../support/until.ts';
import { temporaryRoot } from '../../../contract/artifact-store/temporary-root.ts';

/** The folder of a process that has ended: none has so high a number. */
const ended = '4194999-1-ended';

describe('local artifact store: what is left over', () => {
  let root: Awaited<ReturnType<typeof temporaryRoot>>;
  let opened: ArtifactStore[];
  let warnings: Record<string, string>[];
  let staging: string;

  beforeEach(async () => {
    root = await temporaryRoot();
    staging = join(root.path, '.kirka-staging');
    opened = [];
    warnings = [];
    mkdirSync(staging, { recursive: true });
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await root.dispose();
  });

  const open = async (): Promise<ArtifactStore> => {
    const log = pino({}, { write: (line) => void warnings.push(JSON.parse(line) as Record<string, string>) });
    const store = await openLocalArtifactStore({ root: root.path, log });
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  const bin = (): readonly string[] => readdirSync(join(staging, 'removed'));
  const isClean = (): boolean => !existsSync(join(staging, ended)) && bin().length === 0;

  const untilClean = (): Promise<void> => until('the removal of what is left', 25, isClean);

  const descriptors = (): number => readdirSync('/proc/self/fd').length;
  /** The most descriptors that are open beside those that are open now while something is done. */
  async function descriptorsDuring(work: () => Promise<unknown>): Promise<number> {
    const before = descriptors();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, descriptors())), 1);
    await work().finally(() => clearInterval(watch));
    return most - before;
  }

  it('opens on folders deeper than a path of the system may be long, and removes them beside the work', async () => {
    await writeDeep(staging, `${ended}/${deep()}f`);
    const store = await open();
    await put(store, 'f', 'x');
    expect(await get(store, 'f')).to.equal('x');
    await untilClean();
    expect(warnings).to.deep.equal([]);
    expect(await names(store)).to.deep.equal(['f=1']);
  });

  it('holds few descriptors however deep ten uploads and a removal are', async function () {
    if (process.platform !== 'linux') this.skip();
    const store = await open();
    const uploads = Array.from({ length: 10 }, (_, i) => `u/${deep(400)}${String(i)}/f`);
    expect(await descriptorsDuring(() => Promise.all(uploads.map((name) => put(store, name, 'x'))))).to.be.below(60);
    expect(await descriptorsDuring(() => store.remove(background, path('u')))).to.be.below(10);
    expect(await root.countFiles()).to.equal(0);
  });

  it('removes wide folders and names that are no text', async () => {
    const store = await open();
    await put(store, 'a/f', 'x');
    for (let i = 0; i < 1200; i++) mkdirSync(join(root.path, 'a', String(i), 'b'), { recursive: true });
    execFileSync('sh', ['-c', `mkdir "$(printf 'a/\\377')" && touch "$(printf 'a/\\377/\\376')"`], { cwd: root.path });
    await store.remove(background, path('a'));
    expect(await names(store)).to.deep.equal([]);
    expect(bin()).to.deep.equal([]);
  });

  it('opens past what it cannot remove, removes the rest, and says so in one line with an end', async () => {
    const locked = join(staging, ended, 'locked');
    for (const name of ['one', 'two', 'three']) {
      mkdirSync(join(locked, name), { recursive: true });
      writeFileSync(join(locked, name, 'x'.repeat(255)), '');
    }
    writeFileSync(join(staging, ended, 'free'), '');
    for (const name of ['one', 'three']) chmodSync(join(locked, name), 0o500);
    await asAnotherUser(root.path, async () => {
      const store = await open();
      await until('a warning', 10, () => warnings.length > 0);
      await put(store, 'f', 'x');
      expect(await get(store, 'f')).to.equal('x');
      await close();
    });
    expect(await root.countFiles(), 'two that are locked, and f').to.equal(3);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include({
      folder: '.kirka-staging',
      msg: 'something that was removed, or left by an ended process, cannot be deleted',
    });
    expect(warnings[0]?.['reason'])
      .to.match(/^EACCES/)
      .and.have.length.at.most(300);
  });

  it('removes at once what it cannot delete, as far as anybody sees', async () => {
    await asAnotherUser(root.path, async () => {
      const store = await open();
      await put(store, 'a/b/f', 'x');
      chmodSync(join(root.path, 'a', 'b'), 0o500);
      await store.remove(background, path('a'));
      expect(await names(store)).to.deep.equal([]);
    });
    expect(warnings).to.have.length(1);
  });

  it('ends the removal when it is closed, and the next one goes on', async () => {
    await writeDeep(staging, `${ended}/${deep()}f`);
    await open();
    await close();
    expect(isClean(), 'so soon').to.equal(false);
    await open();
    await untilClean();
  });

  it('gets along with others that remove the same', async () => {
    await writeDeep(staging, `${ended}/${deep()}f`, `removed/x/${deep()}f`);
    await Promise.all([open(), open(), open()]);
    await untilClean();
    await close();
    expect(warnings).to.deep.equal([]);
  });

  it('leaves alone what another process that runs has', async () => {
    const store = await open();
    const [mine] = readdirSync(staging).filter((name) => name.startsWith(String(process.pid)));
    writeFileSync(join(staging, mine ?? '', 'upload'), 'half');
    mkdirSync(join(staging, ended));
    await open();
    await untilClean();
    expect(readdirSync(join(staging, mine ?? ''))).to.deep.equal(['upload']);
    await store.close();
    expect(existsSync(join(staging, mine ?? ''))).to.equal(false);
  });

  it('keeps files and folders for its own account alone', async () => {
    const store = await open();
    await put(store, 'a/b/f', 'x');
    const modes = ['', '.kirka-staging', '.kirka-staging/removed', 'a', 'a/b', 'a/b/f'].map(
      (name) => (statSync(join(root.path, name)).mode & 0o777).toString(8) + ` ${name}`,
    );
    expect(modes).to.deep.equal([
      ...['755 ', '755 .kirka-staging', '700 .kirka-staging/removed'],
      ...['700 a', '700 a/b', '600 a/b/f'],
    ]);
  });
});

/** Root may do everything: without its rights. The folder is the other user's from then on. */
async function asAnotherUser(folder: string, work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  const nobody = 65_534;
  execFileSync('chown', ['-R', `${String(nobody)}:${String(nobody)}`, join(folder, '..')]);
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
