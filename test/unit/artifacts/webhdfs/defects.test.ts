import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import {
  bytesOf,
  expectProblem,
  failureOf,
  get,
  names,
  path,
  put,
  stalled,
} from '../../../contract/artifact-store/helpers.ts';
import { remoteException } from '../../../support/fake-webhdfs/index.ts';
import type { Asked, Fault } from '../../../support/fake-webhdfs/index.ts';
import { onFake, root } from './fake-store.ts';

const isNamed = (asked: Asked, op: string, server: 'nn' | 'dn'): boolean =>
  asked.op === op && asked.server.startsWith(server);

/** What was seen of npm `webhdfs` 1.2.0 and of WebHDFS 3.4.1, each with the guard against it. */
describe('WebHDFS defects that are guarded against', () => {
  const on = onFake();
  const failing = (op: string, server: 'nn' | 'dn', fault: Fault): void => {
    on.fake.fault = (asked) => (isNamed(asked, op, server) ? fault : undefined);
  };
  const refusing = (op: string): void => failing(op, 'nn', { status: 200, body: '{"boolean":false}' });

  it('takes {"boolean": false} for a refusal: RENAME', async () => {
    await put(on.store, 'a', 'x');
    refusing('RENAME');
    await expectProblem('unavailable', put(on.store, 'f', 'x'));
    await expectProblem('unavailable', on.store.remove(background, path('a')));
    on.fake.fault = () => undefined;
    expect(await names(on.store)).to.deep.equal(['a=1']);
    expect(on.fake.tree.countFiles(root)).to.equal(1);
  });

  it('takes {"boolean": false} for a refusal: MKDIRS', async () => {
    refusing('MKDIRS');
    await expectProblem('unavailable', put(on.store, 'new/f', 'x'));
    on.fake.fault = () => undefined;
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('takes {"boolean": false} for a refusal: SETPERMISSION', async () => {
    // The staging folder is there, for one user alone.
    refusing('SETPERMISSION');
    await expectProblem('unavailable', on.open({ doAs: { domains: new Set() } }));
  });

  it('takes a call that is answered by a redirect for failed', async () => {
    await put(on.store, 'a', 'x');
    failing('RENAME', 'nn', { status: 307, location: 'http://127.0.0.1:1/' });
    await expectProblem('unavailable', on.store.remove(background, path('a')));
    on.fake.fault = () => undefined;
    expect(await names(on.store)).to.deep.equal(['a=1']);
  });

  for (const status of [200, 202, 302, 404, 500, 502, 503]) {
    it(`takes an upload answered ${String(status)} for failed`, async () => {
      failing('CREATE', 'dn', { status });
      const problem = await expectProblem('unavailable', put(on.store, 'f', 'x'.repeat(100_000)));
      expect(problem.message).to.not.include('127.0.0.1');
      // Also where all of it has arrived.
      await expectProblem('unavailable', put(on.store, 'g', 'x'));
      on.fake.fault = () => undefined;
      expect(await names(on.store)).to.deep.equal([]);
      expect(on.fake.tree.countFiles(root)).to.equal(0);
    });
  }

  it('fails where HDFS kept fewer bytes than were sent', async () => {
    failing('CREATE', 'dn', { status: 201 });
    await expectProblem('unavailable', put(on.store, 'f', 'x'.repeat(1_000_000)));
    on.fake.fault = () => undefined;
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('ends with the error of a source that dies, and leaves no empty file', async () => {
    const source = stalled('some');
    const write = failureOf(on.store.write(background, path('f'), source));
    while (!on.fake.asked.some((asked) => isNamed(asked, 'CREATE', 'dn'))) await new Promise(setImmediate);
    const gone = new Error('gone');
    source.destroy(gone);
    expect(await write).to.equal(gone);
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('deletes what a DataNode makes of an upload a moment after it broke off', async () => {
    let deletions = 0;
    on.fake.fault = (asked) => {
      if (isNamed(asked, 'CREATE', 'dn')) return { cut: 1 };
      // Not there yet.
      return asked.op === 'DELETE' && !asked.path.endsWith('-probe') && deletions++ < 3
        ? { status: 200, body: '{"boolean":false}' }
        : undefined;
    };
    await expectProblem('unavailable', put(on.store, 'f', 'x'));
    on.fake.fault = () => undefined;
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('encodes every path, also where the package would not', async () => {
    await put(on.store, 'é %41[x]{y}?&', 'x');
    const spellings = on.fake.asked.filter(({ op, server }) => op === 'GETFILESTATUS' && server === 'nn0');
    expect(spellings[0]?.url).to.match(/^\/webhdfs\/v1\/kirka\/artifacts\/%C3%A9%20[A-Za-z0-9~%]+\?op=GETFILESTATUS/);
  });

  it('tells a missing file from a wrong address, which answers 404, too', async () => {
    failing('GETFILESTATUS', 'nn', { status: 404, body: '<html>Not Found</html>' });
    await expectProblem('unavailable', on.store.stat(background, path('f')));
    failing('GETFILESTATUS', 'nn', { status: 404, body: remoteException('FileNotFoundException') });
    expect(await on.store.stat(background, path('f'))).to.equal(undefined);
  });

  it('refuses answers that it cannot read', async () => {
    for (const body of ['', 'null', '{}', '[]', 'x', '{"FileStatus":{"type":"FILE"}}']) {
      failing('GETFILESTATUS', 'nn', { status: 200, body });
      await expectProblem('unavailable', on.store.stat(background, path('f')));
    }
    failing('LISTSTATUS_BATCH', 'nn', { status: 200, body: '{"DirectoryListing":{}}' });
    await expectProblem('unavailable', on.store.list(background, path('')));
  });

  it('lists page after page, and nothing where a page is missing or another folder has come', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await put(on.store, `d/${name}`, 'x');
    on.fake.page = 2;
    expect(await names(on.store, 'd')).to.have.length(5);
    const empty = { DirectoryListing: { partialListing: { FileStatuses: { FileStatus: [] } }, remainingEntries: 3 } };
    failing('LISTSTATUS_BATCH', 'nn', { status: 200, body: JSON.stringify(empty) });
    await expectProblem('unavailable', on.store.list(background, path('d')));
    on.fake.fault = (asked) => {
      if (asked.query.get('startAfter') !== 'b') return undefined;
      on.fake.tree.rename(`${root}/d`, `${root}/gone`, true);
      for (const name of ['x', 'y']) on.fake.tree.create(`${root}/d/${name}`, 'kirka', true);
      on.fake.fault = () => undefined;
      return undefined;
    };
    await expectProblem('unavailable', on.store.list(background, path('d')));
  });

  it('fails a read that is cut, or of another length than was asked for', async () => {
    await put(on.store, 'f', 'x'.repeat(100_000));
    failing('OPEN', 'dn', { cut: 50_000 });
    await expectProblem('unavailable', get(on.store, 'f'));
    for (const length of ['10', '20']) {
      on.fake.fault = (asked) => {
        if (isNamed(asked, 'OPEN', 'dn')) asked.query.set('length', length);
        return undefined;
      };
      let read = 0;
      const stream = (await on.store.open(background, path('f'))).stream({ start: 0, end: 14 });
      stream.on('data', (chunk: Buffer) => (read += chunk.length));
      await expectProblem('unavailable', finished(stream));
      expect(read).to.be.at.most(15);
    }
  });

  it('reads by inode: what has taken the name meanwhile is not mixed in', async () => {
    await put(on.store, 'f', 'older');
    const opened = await on.store.open(background, path('f'));
    await put(on.store, 'f', 'newer');
    const stream = opened.stream();
    await expectProblem('unavailable', stream.toArray());
  });

  it('answers quota, also where the DataNode just ends the connection', async () => {
    const body = remoteException('DSQuotaExceededException');
    failing('CREATE', 'dn', { status: 403, body });
    await expectProblem('quota', put(on.store, 'f', 'x'.repeat(1_000_000)));
    let uploads = 0;
    on.fake.fault = (asked) => {
      if (!isNamed(asked, 'CREATE', 'dn')) return undefined;
      return uploads++ === 0 ? { cut: 100_000 } : { status: 403, body };
    };
    await expectProblem('quota', on.store.write(background, path('f'), bytesOf(Buffer.alloc(1_000_000))));
    uploads = 0;
    on.fake.fault = (asked) => (isNamed(asked, 'CREATE', 'dn') && uploads++ === 0 ? { cut: 100_000 } : undefined);
    await expectProblem('unavailable', on.store.write(background, path('f'), bytesOf(Buffer.alloc(1_000_000))));
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('finds out whether a RENAME was done whose answer was lost', async () => {
    for (const done of [true, false]) {
      let renames = 0;
      on.fake.fault = (asked) => (asked.op === 'RENAME' && renames++ === 0 ? { cut: 0, done } : undefined);
      await put(on.store, 'f', `done: ${String(done)}`);
      expect(await get(on.store, 'f')).to.equal(`done: ${String(done)}`);
    }
    let renames = 0;
    on.fake.fault = (asked) => (asked.op === 'RENAME' && renames++ === 0 ? { cut: 0, done: true } : undefined);
    await on.store.remove(background, path('f'));
    expect(await names(on.store)).to.deep.equal([]);
  });
});
