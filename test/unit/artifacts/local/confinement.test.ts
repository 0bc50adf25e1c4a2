import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../../backend/artifacts/local/index.ts';
import { bytesOf, expectProblem, get, names, path, put } from '../../../contract/artifact-store/helpers.ts';
import { temporaryRoot } from '../../../contract/artifact-store/temporary-root.ts';

describe('local artifact store: links and other strangers in the root', () => {
  let root: Awaited<ReturnType<typeof temporaryRoot>>;
  let store: ArtifactStore;

  beforeEach(async () => {
    root = await temporaryRoot();
    store = await root.open();
    await mkdir(join(root.outside, 'folder'), { recursive: true });
    await writeFile(join(root.outside, 'secret'), 'secret');
    await writeFile(join(root.outside, 'folder', 'secret'), 'secret');
    await put(store, 'a/f', 'x');
  });

  afterEach(async () => {
    await store.close();
    await root.dispose();
  });

  async function expectOutsideUntouched(): Promise<void> {
    expect((await readdir(root.outside, { recursive: true })).sort()).to.deep.equal([
      'folder',
      'folder/secret',
      'secret',
    ]);
    expect(await readFile(join(root.outside, 'secret'), 'utf8')).to.equal('secret');
  }

  for (const [kind, target] of [
    ['a link to a file outside', 'secret'],
    ['a link to a folder outside', 'folder'],
    ['a link to nothing', 'nothing'],
  ] as const) {
    it(`sees nothing in ${kind}`, async () => {
      await symlink(join(root.outside, target), join(root.path, 'a', 'link'));
      expect(await names(store, 'a')).to.deep.equal(['f=1']);
      expect(await names(store, 'a/link')).to.deep.equal([]);
      expect(await store.stat(background, path('a/link'))).to.equal(undefined);
      expect(await store.stat(background, path('a/link/secret'))).to.equal(undefined);
      for (const name of ['a/link', 'a/link/secret']) {
        await expectProblem('not-found', store.open(background, path(name)));
        await expectProblem('not-found', store.remove(background, path(name)));
      }
      await expectOutsideUntouched();
    });

    it(`writes not through ${kind}, but takes its name`, async () => {
      await symlink(join(root.outside, target), join(root.path, 'a', 'link'));
      await expectProblem('not-a-directory', store.write(background, path('a/link/new'), bytesOf('y')));
      await put(store, 'a/link', 'mine');
      expect(await get(store, 'a/link')).to.equal('mine');
      await expectOutsideUntouched();
    });

    it(`removes a folder with ${kind} in it, and not what it points at`, async () => {
      await symlink(join(root.outside, target), join(root.path, 'a', 'link'));
      await store.remove(background, path('a'));
      expect(await names(store)).to.deep.equal([]);
      expect(await root.countFiles()).to.equal(0);
      await expectOutsideUntouched();
    });
  }

  it('follows no link that stays inside the root either', async () => {
    await symlink('a', join(root.path, 'b'));
    expect(await names(store)).to.deep.equal(['a/']);
    await expectProblem('not-found', store.open(background, path('b/f')));
    await expectProblem('not-a-directory', store.write(background, path('b/g'), bytesOf('y')));
  });

  it('takes a root that is a link itself', async () => {
    await symlink(root.path, join(root.outside, '..', 'alias'));
    const other = await openLocalArtifactStore({ root: join(root.outside, '..', 'alias') });
    expect(await get(other, 'a/f')).to.equal('x');
    await other.close();
  });

  it('does not start where a link stands for its own hidden folder', async () => {
    await store.close();
    await rm(join(root.path, '.kirka-staging'), { recursive: true });
    await symlink(root.outside, join(root.path, '.kirka-staging'));
    await expectProblem('unavailable', root.open());
    await expectOutsideUntouched();
  });

  it('neither waits for a pipe nor talks to a socket', async () => {
    execFileSync('mkfifo', [join(root.path, 'a', 'pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root.path, 'a', 's'), resolve));
    try {
      expect(await names(store, 'a')).to.deep.equal(['f=1']);
      await expectProblem('not-found', store.open(background, path('a/pipe')));
      await expectProblem('not-found', store.open(background, path('a/s')));
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('stays inside while folders are swapped for links under its feet', async function () {
    // Without /proc there are no names relative to an open folder: the window is stated, not closed.
    if (process.platform !== 'linux') this.skip();
    this.timeout(30_000);
    const swapper = startSwapping(join(root.path, 'a'), join(root.outside, 'folder'), join(root.path, 'aside'));
    const seen = new Set<string>();
    try {
      for (let turn = 0; turn < 100; turn++) {
        await store.write(background, path('a/secret2'), bytesOf('y')).catch(() => undefined);
        await store.remove(background, path('a/secret')).catch(() => undefined);
        for (const entry of await store.list(background, path('a'))) seen.add(entry.name);
        const file = await store.open(background, path('a/secret')).catch(() => undefined);
        await file?.close();
        if (file !== undefined) seen.add('opened outside');
      }
    } finally {
      await swapper.stop();
    }
    expect(swapper.swaps()).to.be.above(10);
    expect([...seen])
      .to.not.include('secret')
      .and.not.include('opened outside');
    await expectOutsideUntouched();
  });
});

/** Puts a link to `target` in the place of a folder and the folder back, over and over. */
function startSwapping(folder: string, target: string, aside: string) {
  let running = true;
  let swaps = 0;
  const swapping = (async () => {
    while (running) {
      await rename(folder, aside);
      // A write under way may have made the folder anew.
      await symlink(target, folder).then(
        () => swaps++,
        () => undefined,
      );
      for (let back = false; running && !back;) {
        await rm(folder, { recursive: true, force: true });
        back = await rename(aside, folder).then(
          () => true,
          () => false,
        );
      }
    }
  })();
  return {
    swaps: () => swaps,
    stop: async () => {
      running = false;
      await swapping;
    },
  };
}
