import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import type { Bench } from '../describe-artifact-store.ts';
import { expectProblem, get, names, path, put, randomSource, sha256Of } from './helpers.ts';

export function describeReading(bench: Bench): void {
  describe('open, stat and list', () => {
    it('tells the size and when it was written', async () => {
      const before = Date.now();
      await put(bench.store, 'f', 'twelve bytes');
      const file = await bench.store.open(background, path('f'));
      await file.close();
      await file.close();
      expect(file.size).to.equal(12);
      // A minute for another machine's clock.
      expect(file.modifiedAt).to.be.within(before - 60_000, Date.now() + 60_000);
    });

    it('gives each content its own version', async () => {
      const versions = new Set<string>();
      for (const content of ['a', 'b', 'b']) {
        // File systems date by ticks of a few ms.
        await delay(20);
        await put(bench.store, 'f', content);
        for (let reads = 0; reads < 2; reads++) {
          const file = await bench.store.open(background, path('f'));
          versions.add(file.version);
          await file.close();
        }
      }
      expect(versions.size).to.equal(3);
    });

    it('reads ranges, cut to the end', async () => {
      await put(bench.store, 'f', '0123456789');
      expect(await get(bench.store, 'f', { start: 0, end: 0 })).to.equal('0');
      expect(await get(bench.store, 'f', { start: 3, end: 6 })).to.equal('3456');
      expect(await get(bench.store, 'f', { start: 9, end: 9 })).to.equal('9');
      expect(await get(bench.store, 'f', { start: 8, end: 4_000_000_000_000 })).to.equal('89');
    });

    it('refuses a range that holds nothing', async () => {
      await put(bench.store, 'f', '0123456789');
      await put(bench.store, 'empty', '');
      for (const [name, start, end] of [
        ['f', 10, 10],
        ['f', 5, 4],
        ['empty', 0, 0],
      ] as const) {
        const file = await bench.store.open(background, path(name));
        expect(() => file.stream({ start, end }))
          .to.throw(ArtifactError)
          .with.property('problem', 'bad-range');
        await file.close();
      }
    });

    it('tells a missing file from a folder', async () => {
      await put(bench.store, 'a/f', 'x');
      for (const name of ['b', 'a/g', 'a/f/g', 'b/c']) {
        await expectProblem('not-found', bench.store.open(background, path(name)));
        expect(await bench.store.stat(background, path(name)), name).to.equal(undefined);
      }
      await expectProblem('is-directory', bench.store.open(background, path('a')));
      await expectProblem('is-directory', bench.store.open(background, path('')));
      expect(await bench.store.stat(background, path('a'))).to.deep.equal({ name: 'a', isDirectory: true });
      expect(await bench.store.stat(background, path(''))).to.deep.equal({ name: '', isDirectory: true });
      expect(await bench.store.stat(background, path('a/f'))).to.deep.equal({ name: 'f', isDirectory: false, size: 1 });
    });

    it('lists nothing for a file and for what is not there', async () => {
      await put(bench.store, 'f', 'x');
      for (const name of ['f', 'g', 'f/g', 'g/h']) expect(await names(bench.store, name)).to.deep.equal([]);
    });

    it('lists an empty root', async () => {
      expect(await names(bench.store)).to.deep.equal([]);
    });

    it('lists by code point, not by UTF-16 unit or by locale', async () => {
      // U+FF5E comes before U+1F600 by code point and behind it by UTF-16 unit.
      const order = ['A', 'B', 'a', 'a-b', 'a.b', 'ab', 'b', 'é', '～', '😀'];
      for (const name of order.toReversed()) await put(bench.store, name, 'x');
      expect(await names(bench.store)).to.deep.equal(order.map((name) => `${name}=1`));
    });

    it('lists a folder of many whole', async () => {
      const all = Array.from({ length: 300 }, (_, index) => `d/${String(index).padStart(4, '0')}`);
      for (let from = 0; from < all.length; from += 20) {
        await Promise.all(all.slice(from, from + 20).map((name) => put(bench.store, name, 'x')));
      }
      expect(await names(bench.store, 'd')).to.deep.equal(all.map((name) => `${name.slice(2)}=1`));
    });

    it('reads no further than it is asked to', async () => {
      const { source, sha256 } = randomSource(bench.large);
      await bench.store.write(background, path('large'), source);
      const stream = (await bench.store.open(background, path('large'))).stream();
      stream.once('readable', () => {});
      await delay(100);
      expect(stream.readableLength).to.be.at.most(bench.buffered);
      expect(await sha256Of(stream)).to.equal(sha256());
    });

    it('lets go of a stream that is destroyed before its end', async () => {
      await bench.store.write(background, path('large'), randomSource(bench.large).source);
      for (let count = 0; count < 20; count++) {
        const stream = (await bench.store.open(background, path('large'))).stream();
        stream.destroy();
        await new Promise((resolve) => stream.once('close', resolve));
      }
      expect(await text((await bench.store.open(background, path('large'))).stream({ start: 0, end: 9 }))).to.be.a(
        'string',
      );
    });
  });
}
