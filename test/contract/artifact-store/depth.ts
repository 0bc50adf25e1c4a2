import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { longestPath, mostSegments } from '../../../backend/artifacts/path.ts';
import type { Bench } from '../describe-artifact-store.ts';
import { get, names, path, put } from './helpers.ts';

export function describeDepth(bench: Bench): void {
  describe('long paths', () => {
    const folders = (count: number): string => Array.from({ length: count }, () => 'a').join('/');

    it('takes as many segments as a new path may have', async () => {
      const name = `${folders(mostSegments - 1)}/f`;
      await put(bench.store, name, 'x');
      expect(await get(bench.store, name)).to.equal('x');
      await bench.store.remove(background, path('a'));
      expect(await bench.root.countFiles()).to.equal(0);
    });

    it('takes as many bytes as a new path may have, of those that some stores escape', async () => {
      const segment = '😀'.repeat(21);
      const name = `${Array.from({ length: 12 }, () => segment).join('/')}/f`.slice(-longestPath);
      expect(Buffer.byteLength(name)).to.be.within(longestPath - Buffer.byteLength(segment), longestPath);
      await put(bench.store, name, 'first');
      await put(bench.store, name, 'x');
      expect(await get(bench.store, name)).to.equal('x');
      expect(await names(bench.store, name.slice(0, -2))).to.deep.equal(['f=1']);
      await bench.store.remove(background, path(segment));
      expect(await bench.root.countFiles()).to.equal(0);
    });

    it('finds and removes what lies deeper', async () => {
      const deep = folders(bench.deepest - 1);
      await put(bench.store, `${deep}/f`, 'x');
      expect(await get(bench.store, `${deep}/f`)).to.equal('x');
      expect(await names(bench.store, deep)).to.deep.equal(['f=1']);
      expect(await bench.store.stat(background, path(deep))).to.deep.equal({ name: 'a', isDirectory: true });
      await bench.store.remove(background, path(`${deep}/f`));
      expect(await names(bench.store, deep)).to.deep.equal([]);
      await bench.store.remove(background, path(folders(2)));
      expect(await names(bench.store, 'a')).to.deep.equal([]);
      await bench.store.remove(background, path('a'));
      expect(await names(bench.store)).to.deep.equal([]);
      expect(await bench.root.countFiles()).to.equal(0);
    });
  });
}
