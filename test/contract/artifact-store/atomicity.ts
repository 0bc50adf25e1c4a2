import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { endedBy } from '../../support/contexts.ts';
import { background } from '../../../backend/call-context.ts';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import type { Bench } from '../describe-artifact-store.ts';
import { bytesOf, expectProblem, failureOf, get, names, path, put, stalled } from './helpers.ts';

const unlessMissing = (error: unknown): void => {
  if (!(error instanceof ArtifactError) || error.problem !== 'not-found') throw error;
};

export function describeAtomicity(bench: Bench): void {
  describe('atomicity', () => {
    /** Nothing to be seen, not even the folder that the file would have stood in, and nothing hidden either. */
    async function expectNothing(): Promise<void> {
      expect(await names(bench.store)).to.deep.equal([]);
      expect(await bench.root.countFiles()).to.equal(0);
    }

    it('shows nothing of a write under way', async () => {
      const source = stalled('first half, ');
      const write = bench.store.write(background, path('new/f'), source);
      await delay(100);
      expect(await names(bench.store)).to.deep.equal([]);
      expect(await bench.store.stat(background, path('new/f'))).to.equal(undefined);
      source.push('second half');
      source.push(null);
      await write;
      expect(await get(bench.store, 'new/f')).to.equal('first half, second half');
    });

    it('leaves nothing of a source that fails, and passes its error on', async () => {
      const source = stalled('half');
      const write = failureOf(bench.store.write(background, path('new/f'), source));
      await delay(50);
      const gone = new Error('the client went away');
      source.destroy(gone);
      expect(await write).to.equal(gone);
      await expectNothing();
    });

    it('leaves nothing of a source that is destroyed without an error', async () => {
      const source = stalled('half');
      const write = failureOf(bench.store.write(background, path('new/f'), source));
      await delay(50);
      source.destroy();
      await write;
      await expectNothing();
    });

    it('leaves nothing of a write that is aborted', async () => {
      const controller = new AbortController();
      const source = stalled('half');
      const write = failureOf(bench.store.write(endedBy(controller.signal), path('new/f'), source));
      await delay(50);
      controller.abort();
      await write;
      expect(source.destroyed).to.equal(true);
      await expectNothing();
      await failureOf(bench.store.write(endedBy(controller.signal), path('new/f'), bytesOf('x')));
      await expectNothing();
    });

    it('keeps the older file when a write that would replace it fails', async () => {
      await put(bench.store, 'f', 'older');
      const source = stalled('newer');
      const write = failureOf(bench.store.write(background, path('f'), source));
      await delay(50);
      source.destroy(new Error('cut'));
      await write;
      expect(await get(bench.store, 'f')).to.equal('older');
      expect(await bench.root.countFiles()).to.equal(1);
    });

    it('never mixes two contents in what was opened', async () => {
      const size = bench.large;
      const filled = (byte: number): Readable =>
        Readable.from(
          Array.from({ length: size / 65536 }, () => Buffer.alloc(65536, byte)),
          { objectMode: false },
        );
      await bench.store.write(background, path('f'), filled(0x61));
      const opened = await bench.store.open(background, path('f'));
      const stream = opened.stream();
      await bench.store.write(background, path('f'), filled(0x62));
      // Whole and old, or an error: HDFS deletes what is replaced.
      const read = await text(stream).catch(() => 'a'.repeat(size));
      expect(read.length).to.equal(size);
      expect(/^a*$/.test(read)).to.equal(true);
    });

    it('lets one of racing writes win, whole', async () => {
      const contents = Array.from({ length: 12 }, (_, index) => String.fromCharCode(97 + index).repeat(100_000));
      await Promise.all(contents.map((content) => put(bench.store, 'new/f', content)));
      expect(contents).to.include(await get(bench.store, 'new/f'));
      expect(await bench.root.countFiles()).to.equal(1);
    });

    it('orders writes and removals of a folder above them', async () => {
      let writing = true;
      const removing = (async () => {
        while (writing) await bench.store.remove(background, path('a')).catch(unlessMissing);
      })();
      const writers = ['v', 'w', 'x', 'y', 'z'].map(async (writer) => {
        for (let turn = 0; turn < 30; turn++) await put(bench.store, `a/b/c/d/e/${writer}${String(turn)}`, 'x');
      });
      await Promise.all(writers).finally(() => (writing = false));
      await removing;
      const left = await names(bench.store, 'a/b/c/d/e');
      expect(await bench.root.countFiles()).to.equal(left.length);
    });

    it('leaves nothing of a write whose place is taken meanwhile', async () => {
      const sources = [stalled('half'), stalled('half')] as const;
      const writes = [
        expectProblem('is-directory', bench.store.write(background, path('a'), sources[0])),
        expectProblem('not-a-directory', bench.store.write(background, path('b/c'), sources[1])),
      ];
      await delay(50);
      await put(bench.store, 'a/f', 'x');
      await put(bench.store, 'b', 'x');
      for (const source of sources) source.push(null);
      await Promise.all(writes);
      expect(await names(bench.store)).to.deep.equal(['a/', 'b=1']);
      expect(await bench.root.countFiles()).to.equal(2);
    });
  });
}
