import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { RepeatableBody } from '../../../../backend/artifacts/webhdfs/repeatable-body.ts';
import { SpoolSpace } from '../../../../backend/artifacts/webhdfs/spool-space.ts';
import { failureOf } from '../../../contract/artifact-store/helpers.ts';

describe('a body that can be sent again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-body-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Reads at least so many bytes of a stream, then lets it go. */
  async function some(stream: Readable, bytes: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    let size = 0;
    for await (const piece of stream) {
      taken.push(piece as Buffer);
      size += (piece as Buffer).length;
      if (size >= bytes) break;
    }
    return Buffer.concat(taken);
  }

  it('gives the same bytes from the first on, wherever it was left', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 12 });
    const stops = fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, stops, async (pieces, leaving) => {
        let count = 0;
        const content = pieces.map((size) => Buffer.alloc(size, String(count++ % 10)));
        const all = Buffer.concat(content);
        const body = new RepeatableBody(
          Readable.from(content, { objectMode: false }),
          new SpoolSpace({ folder, limit: 2 ** 20 }),
        );
        for (const stop of leaving) {
          const begun = await some(body.stream(), stop);
          expect(begun.equals(all.subarray(0, begun.length))).to.equal(true);
        }
        expect((await some(body.stream(), Infinity)).equals(all)).to.equal(true);
        expect([body.received, body.whole]).to.deep.equal([all.length, true]);
        await body.close();
      }),
      { numRuns: 60 },
    );
  });

  it('takes no more of its source than is read, and stands still when it is closed', async () => {
    let given = 0;
    const source = new Readable({
      highWaterMark: 1000,
      read() {
        given += 1000;
        this.push(Buffer.alloc(1000));
      },
    });
    const body = new RepeatableBody(source, new SpoolSpace({ folder, limit: 2 ** 20 }));
    await some(body.stream(), 10_000);
    await body.close();
    const before = given;
    await new Promise(setImmediate);
    expect(given).to.equal(before);
    expect(given).to.be.below(200_000);
    expect(source.destroyed).to.equal(false);
    source.destroy();
  });

  it('gives nothing more of what is kept once its source has failed: whoever sent it has gone', async () => {
    const source = new Readable({ read: () => undefined });
    source.push(Buffer.alloc(200_000));
    const body = new RepeatableBody(source, new SpoolSpace({ folder, limit: 2 ** 20 }));
    await some(body.stream(), 200_000);
    const gone = new Error('gone');
    source.on('error', () => undefined).destroy(gone);
    expect(await failureOf(some(body.stream(), 1))).to.equal(gone);
    await body.close();
  });

  it('goes on when the disk cannot be written to, and can then not be sent again', async () => {
    const content = Array.from({ length: 4 }, (_, i) => Buffer.alloc(50_000, String(i)));
    const body = new RepeatableBody(
      Readable.from(content, { objectMode: false }),
      new SpoolSpace({ folder: join(folder, 'is-not-there'), limit: 2 ** 20 }),
    );
    expect((await some(body.stream(), Infinity)).equals(Buffer.concat(content))).to.equal(true);
    expect(body.whole).to.equal(false);
    expect(String(await failureOf(some(body.stream(), 1)))).to.include('again');
    await body.close();
  });
});
