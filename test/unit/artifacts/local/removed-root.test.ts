import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { expectProblem, get, path, put } from '../../../contract/artifact-store/helpers.ts';
import { temporaryRoot } from '../../../contract/artifact-store/temporary-root.ts';

describe('local artifact store: its folder taken away while it is open', () => {
  let root: Awaited<ReturnType<typeof temporaryRoot>>;
  let store: ArtifactStore;

  beforeEach(async () => {
    root = await temporaryRoot();
    store = await root.open();
    await put(store, 'a/f', 'x');
    await store.check();
  });
  afterEach(async () => {
    await store.close();
    await root.dispose();
  });

  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    removed: () => rm(root.path, { recursive: true }),
    'moved away': () => rename(root.path, root.outside),
    'replaced by another': () => rename(root.path, root.outside).then(() => mkdir(root.path)),
  };
  for (const [way, spoil] of Object.entries(ways)) {
    it(`refuses to write into what was ${way}`, async () => {
      await spoil();
      await expectProblem('unavailable', put(store, 'b', 'y'));
      await expectProblem('unavailable', store.remove(background, path('a')));
      await expectProblem('unavailable', store.check());
      for (const folder of [root.path, root.outside]) {
        expect(await readdir(folder).catch(() => [])).to.not.include('b');
      }
    });
  }

  it('goes on where it comes back', async () => {
    await rename(root.path, root.outside);
    await expectProblem('unavailable', put(store, 'b', 'y'));
    await rename(root.outside, root.path);
    await put(store, 'b', 'y');
    expect(await get(store, 'b')).to.equal('y');
  });
});
