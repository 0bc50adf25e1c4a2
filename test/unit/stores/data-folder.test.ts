import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { Readable } from 'node:stream';
import { background } from '../../../backend/call-context.ts';
import { openStores } from '../../../backend/open-stores.ts';
import { path } from '../../contract/artifact-store/helpers.ts';
import { temporaryFolder } from '../../end-to-end/kirka-process.ts';

describe('the data folder', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let lines: Record<string, unknown>[];

  beforeEach(() => {
    folder = temporaryFolder();
    lines = [];
  });
  afterEach(() => folder.remove());

  const use = async (dataFolder: string): Promise<void> => {
    const log = pino({}, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
    const stores = await openStores({ dataFolder, hbase: undefined, webhdfs: undefined }, log);
    await stores.artifacts.write(
      background,
      path('0/run/artifacts/f'),
      Readable.from([Buffer.from('x')], { objectMode: false }),
    );
    await stores.close();
  };
  const mode = (name: string): string => (statSync(join(folder.path, name)).mode & 0o777).toString(8);
  const modes = (name: string): Record<string, string> => {
    const names = ['', ...(readdirSync(join(folder.path, name), { recursive: true }) as string[])];
    return Object.fromEntries(names.sort().map((each) => [each, mode(join(name, each))]));
  };

  it('is made, with all that is in it and with what is above it, for its own account alone', async () => {
    const umask = process.umask(0);
    try {
      await use(join(folder.path, 'above', 'data'));
    } finally {
      process.umask(umask);
    }
    expect(mode('above')).to.equal('700');
    expect(modes('above/data')).to.deep.equal({
      ...{ '': '700', artifacts: '700', store: '700', 'store/data.mdb': '600', 'store/lock.mdb': '600' },
      ...{ 'artifacts/.kirka-staging': '700', 'artifacts/.kirka-staging/removed': '700' },
      ...{ 'artifacts/0': '700', 'artifacts/0/run': '700', 'artifacts/0/run/artifacts': '700' },
      'artifacts/0/run/artifacts/f': '600',
    });
    expect(lines).to.deep.equal([]);
  });

  it('that an older version has made is closed where it holds data, and that is told once', async () => {
    await use(folder.path);
    mkdirSync(join(folder.path, 'other'));
    for (const name of ['', 'store', 'artifacts', 'artifacts/0', 'other']) chmodSync(join(folder.path, name), 0o775);
    await use(folder.path);
    await use(folder.path);
    const found = ['', 'store', 'artifacts', 'artifacts/0', 'other'].map((name) => [name, mode(name)]);
    expect(Object.fromEntries(found)).to.deep.equal({
      ...{ '': '775', store: '700', artifacts: '700', 'artifacts/0': '775', other: '775' },
    });
    expect(lines.map((line) => [line['path'], line['mode'], line['level']])).to.deep.equal(
      ['store', 'artifacts'].map((name) => [join(folder.path, name), '775', 40]),
    );
  });

  it('may have its artifacts behind a link, whose folder stays as it is', async () => {
    mkdirSync(join(folder.path, 'volume'));
    writeFileSync(join(folder.path, 'volume', 'other'), '');
    chmodSync(join(folder.path, 'volume'), 0o755);
    mkdirSync(join(folder.path, 'data'));
    symlinkSync(join(folder.path, 'volume'), join(folder.path, 'data', 'artifacts'));
    await use(join(folder.path, 'data'));
    expect([mode('volume'), mode('volume/0'), lines]).to.deep.equal(['755', '700', []]);
  });
});
