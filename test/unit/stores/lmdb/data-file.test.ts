import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { open } from 'lmdb';
import { background } from '../../../../backend/call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import { checkDataFile } from '../../../../backend/stores/lmdb/data-file.ts';
import { openLmdbStore } from '../../../../backend/stores/lmdb/index.ts';
import { failureOf } from '../../../contract/artifact-store/helpers.ts';
import { newExperiment, newRun, point } from '../../../contract/store/samples.ts';
import { pageSizeOf } from '../../../support/lmdb-pages.ts';

describe("LMDB's data file, before it is mapped", () => {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-file-'));
  const whole = join(folder, 'whole', 'data.mdb');
  let copies = 0;

  before(async () => {
    const store = await openLmdbStore({ path: join(folder, 'whole'), artifactRoot: 'mlflow-artifacts:' });
    const runs = Array.from({ length: 100 }, (_, i) =>
      newRun({ runId: `r${String(i)}` }, { tags: new Map([['t', 'v'.repeat(i % 10 === 0 ? 20_000 : 200)]]) }),
    );
    await Promise.all(runs.map((run) => store.runs.create(background, run)));
    const points = Array.from({ length: 500 }, (_, i) => point('m', i, i));
    await store.runs.update(background, 'r1', {}, () => ({ points }));
    await store.close();
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A copy of the file in a folder of its own. */
  const copy = (change: (bytes: Buffer) => Buffer = (bytes) => bytes): string => {
    const path = join(folder, String(copies++));
    mkdirSync(path);
    const file = join(path, 'data.mdb');
    copyFileSync(whole, file);
    writeFileSync(file, change(readFileSync(file)));
    return file;
  };

  const refusalOf = (file: string): string | undefined => {
    try {
      checkDataFile(file);
      return undefined;
    } catch (error) {
      expect(error).to.be.instanceOf(StoreCorrupt);
      const { message } = error as Error;
      expect(message).to.include(file).and.include('restore it from a backup');
      return message;
    }
  };

  it('is taken as it is', () => {
    expect(refusalOf(whole)).to.equal(undefined);
  });

  it('is refused where it is empty', async () => {
    const file = copy(() => Buffer.alloc(0));
    expect(refusalOf(file)).to.include('is empty');
    expect(await failureOf(openLmdbStore({ path: join(file, '..'), artifactRoot: '' }))).to.be.instanceOf(StoreCorrupt);
    expect(statSync(file).size).to.equal(0);
  });

  it('is refused wherever it is cut short of a page that is in use', () => {
    const bytes = readFileSync(whole);
    const pageSize = pageSizeOf(bytes);
    const taken: number[] = [];
    for (let size = pageSize / 2; size < bytes.length; size += pageSize / 2) {
      const file = copy();
      truncateSync(file, size);
      if (refusalOf(file) === undefined) taken.push(size);
    }
    expect(taken.every((size) => size >= (taken[0] ?? 0))).to.equal(true);
    expect(taken.length).to.be.lessThan(bytes.length / pageSize);
    // What reads everything that is left of the shortest that is taken is not ended by SIGBUS.
    const shortest = copy();
    truncateSync(shortest, taken[0] ?? bytes.length);
    expect(readAllElsewhere(join(shortest, '..'))).to.equal('100 runs, 500 points');
  });

  it('is taken where it is shorter than it might be, for its last pages are free', async () => {
    const path = join(folder, 'short');
    const root = open({ path, maxDbs: 32 });
    const table = root.openDB<Buffer, string>({ name: 'free', encoding: 'binary' });
    let missing = 0;
    for (let round = 0; missing === 0 && round < 200; round++) {
      await root.childTransaction(() => {
        const keys = Array.from({ length: (round * 37) % 300 }, (_, i) => `k${String(i)}`);
        for (const key of keys) table.putSync(key, Buffer.alloc(300));
        for (const key of keys.reverse()) table.removeSync(key);
        table.putSync(`kept${String(round % 50)}`, Buffer.alloc(100));
      });
      const { lastPageNumber, pageSize } = root.getStats() as Record<'lastPageNumber' | 'pageSize', number>;
      missing = (lastPageNumber + 1) * pageSize - statSync(join(path, 'data.mdb')).size;
    }
    await root.close();
    expect(missing, 'LMDB made no such file').to.be.greaterThan(0);
    expect(refusalOf(join(path, 'data.mdb'))).to.equal(undefined);
  });

  const beginnings: Readonly<Record<string, (bytes: Buffer, pageSize: number) => void>> = {
    'it is some other file': (bytes) => bytes.write('SQLite format 3\0'.repeat(10), 'latin1'),
    'the first page is no beginning': (bytes) => bytes.writeUInt16LE(0, 18),
    'the mark of the first snapshot is wrong': (bytes) => bytes.writeUInt32LE(0, 24),
    'the mark of the second snapshot is wrong': (bytes, pageSize) => bytes.writeUInt32LE(0, pageSize + 24),
    'the size of a page is none': (bytes) => bytes.writeUInt32LE(0, 48),
    'the size of a page is odd': (bytes) => bytes.writeUInt32LE(4095, 48),
    'a tree begins behind the last page': (bytes, pageSize) => {
      for (const at of [0, pageSize]) bytes.writeBigUInt64LE(1n << 40n, at + 24 + 112);
    },
  };
  for (const [what, damage] of Object.entries(beginnings)) {
    it(`is refused where ${what}`, () => {
      const file = copy((bytes) => {
        damage(bytes, pageSizeOf(bytes));
        return bytes;
      });
      expect(refusalOf(file)).to.include('is damaged where it begins');
    });
  }

  it('is refused where it is shorter than its beginning', () => {
    for (const size of [1, 24, 2000, 4096, 5000]) {
      const file = copy();
      truncateSync(file, size);
      expect(refusalOf(file), String(size)).to.match(/is damaged where it begins|is cut short/);
    }
  });

  it('is missed while it is open: nothing is written into what is gone, replaced or cut', async () => {
    const spoil: Readonly<Record<string, (path: string) => void>> = {
      'the folder removed': (path) => rmSync(path, { recursive: true }),
      'the file removed': (path) => rmSync(join(path, 'data.mdb')),
      'the file replaced': (path) => {
        const bytes = readFileSync(join(path, 'data.mdb'));
        rmSync(join(path, 'data.mdb'));
        writeFileSync(join(path, 'data.mdb'), bytes);
      },
      'the file cut': (path) => truncateSync(join(path, 'data.mdb'), statSync(join(path, 'data.mdb')).size - 1),
      'the lock removed': (path) => rmSync(join(path, 'lock.mdb')),
    };
    for (const [what, damage] of Object.entries(spoil)) {
      const path = join(copy(), '..');
      const store = await openLmdbStore({ path, artifactRoot: '' });
      await store.experiments.create(background, newExperiment('before'));
      await store.check();
      damage(path);
      const refused = await failureOf(store.experiments.create(background, newExperiment('after')));
      expect(refused, what).to.be.instanceOf(StoreUnavailable);
      expect((refused as Error).message)
        .to.include(path)
        .and.include('nothing is written');
      expect(await failureOf(store.check()), what).to.be.instanceOf(StoreUnavailable);
      await store.close();
    }
  });
});

/** Reads all that is in a store, in a process of its own. */
function readAllElsewhere(path: string): string {
  const script = fileURLToPath(new URL('../../../support/read-all-runs.ts', import.meta.url));
  return execFileSync(process.execPath, ['--import', 'tsx/esm', script, path], { encoding: 'utf8' }).trim();
}
