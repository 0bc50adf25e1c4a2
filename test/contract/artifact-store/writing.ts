import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { background } from '../../../backend/call-context.ts';
import type { Bench } from '../describe-artifact-store.ts';
import { bytesOf, expectProblem, get, names, path, put } from './helpers.ts';

export function describeWriting(bench: Bench): void {
  describe('write and remove', () => {
    it('makes the folders above a file', async () => {
      await put(bench.store, 'a/b/c.txt', 'deep');
      expect(await get(bench.store, 'a/b/c.txt')).to.equal('deep');
      expect(await names(bench.store)).to.deep.equal(['a/']);
      expect(await names(bench.store, 'a')).to.deep.equal(['b/']);
    });

    it('stores an empty file', async () => {
      await bench.store.write(background, path('empty'), bytesOf());
      expect(await names(bench.store)).to.deep.equal(['empty=0']);
      expect(await get(bench.store, 'empty')).to.equal('');
      // As HTTP hands it over: it has ended before the store takes anything.
      await bench.store.write(background, path('ended'), new PassThrough().end());
      expect(await get(bench.store, 'ended')).to.equal('');
    });

    it('replaces a file', async () => {
      await put(bench.store, 'f', 'first and longer');
      await put(bench.store, 'f', 'second');
      expect(await get(bench.store, 'f')).to.equal('second');
      expect(await bench.root.countFiles()).to.equal(1);
    });

    it('gives what was written to an engine opened later', async () => {
      await put(bench.store, 'a/f', 'kept');
      const later = await bench.root.open();
      try {
        expect(await get(later, 'a/f')).to.equal('kept');
      } finally {
        await later.close();
      }
    });

    it('refuses a file where a folder is, and leaves the source to its owner', async () => {
      await put(bench.store, 'a/f', 'x');
      const source = bytesOf('y');
      await expectProblem('is-directory', bench.store.write(background, path('a'), source));
      expect(source.destroyed).to.equal(false);
      await expectProblem('is-directory', bench.store.write(background, path(''), bytesOf('y')));
      expect(await get(bench.store, 'a/f')).to.equal('x');
      expect(await bench.root.countFiles()).to.equal(1);
    });

    it('refuses a folder where a file is', async () => {
      await put(bench.store, 'a', 'x');
      await expectProblem('not-a-directory', bench.store.write(background, path('a/f'), bytesOf('y')));
      await expectProblem('not-a-directory', bench.store.write(background, path('a/b/c/f'), bytesOf('y')));
      expect(await get(bench.store, 'a')).to.equal('x');
      expect(await bench.root.countFiles()).to.equal(1);
    });

    it('removes a file and keeps its folder', async () => {
      await put(bench.store, 'a/f', 'x');
      await put(bench.store, 'a/g', 'y');
      await bench.store.remove(background, path('a/f'));
      expect(await names(bench.store, 'a')).to.deep.equal(['g=1']);
      await bench.store.remove(background, path('a/g'));
      expect(await names(bench.store)).to.deep.equal(['a/']);
    });

    it('removes a folder with all below it, and nothing beside it', async () => {
      for (const name of ['a/f', 'a/b/c/g', 'a/b/h', 'ab', 'b/a/f']) await put(bench.store, name, 'x');
      await bench.store.remove(background, path('a'));
      expect(await names(bench.store)).to.deep.equal(['ab=1', 'b/']);
      expect(await get(bench.store, 'b/a/f')).to.equal('x');
      expect(await bench.root.countFiles()).to.equal(2);
    });

    it('says that there was nothing to remove', async () => {
      await put(bench.store, 'a/f', 'x');
      for (const name of ['b', 'a/g', 'a/f/g', 'c/d/e']) {
        await expectProblem('not-found', bench.store.remove(background, path(name)));
      }
    });

    it('keeps the root', async () => {
      await put(bench.store, 'f', 'x');
      await expectProblem('bad-path', bench.store.remove(background, path('')));
      expect(await names(bench.store)).to.deep.equal(['f=1']);
    });

    it('does nothing any more once it is closed, which may be asked twice', async () => {
      await put(bench.store, 'f', 'x');
      const closed = await bench.root.open();
      await closed.close();
      await closed.close();
      await expectProblem('unavailable', closed.write(background, path('a/g'), bytesOf('y')));
      await expectProblem('unavailable', closed.remove(background, path('f')));
      await expectProblem('unavailable', closed.open(background, path('f')));
      await expectProblem('unavailable', closed.list(background, path('')));
      await expectProblem('unavailable', closed.check());
      expect(await names(bench.store)).to.deep.equal(['f=1']);
    });

    it('is ready', async () => {
      expect(await bench.store.check()).to.be.a('string').that.is.not.empty;
    });
  });
}
