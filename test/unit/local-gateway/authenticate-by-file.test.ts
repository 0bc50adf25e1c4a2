import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { authenticateByFile } from '../../../knox-service/local-gateway/authenticate-by-file.ts';
import type { Authenticator } from '../../../knox-service/local-gateway/authenticate.ts';
import { hashPassword } from '../../../knox-service/local-gateway/password.ts';

describe('the users file of the local gateway', () => {
  let folder: string;
  let file: string;
  let now: number;
  let lines: string[];
  const realNow = Date.now;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-users-'));
    file = join(folder, 'users.json');
    lines = [];
    now = realNow();
    Date.now = () => now;
  });
  afterEach(() => {
    Date.now = realNow;
    rmSync(folder, { recursive: true });
  });

  const textOf = async (password: string): Promise<string> =>
    JSON.stringify({ users: { ann: { password: await hashPassword(password) } } });
  const open = (): Promise<Authenticator> =>
    authenticateByFile(file, pino({ level: 'info' }, { write: (line) => void lines.push(line) }));
  const letsIn = async ({ recall, verify }: Authenticator, password: string): Promise<boolean> => {
    now += 1100;
    if (await recall('ann', password)) return true;
    return (await verify('ann', password, new AbortController().signal)) !== undefined;
  };

  it('is read again where another file stands in its place, be it as old and as long', async () => {
    writeFileSync(file, await textOf('old'));
    utimesSync(file, 1000, 1000);
    const users = await open();
    expect(await letsIn(users, 'old')).to.equal(true);
    const { mtimeMs, size } = statSync(file);
    const next = join(folder, 'next');
    writeFileSync(next, await textOf('new'));
    utimesSync(next, 1000, 1000);
    renameSync(next, file);
    expect(statSync(file)).to.include({ size, mtimeMs });
    expect(await letsIn(users, 'old')).to.equal(false);
    expect(await letsIn(users, 'new')).to.equal(true);
  });

  it('is read again where it was written to and its time set back', async () => {
    writeFileSync(file, await textOf('old'));
    utimesSync(file, 1000, 1000);
    const users = await open();
    expect(await letsIn(users, 'old')).to.equal(true);
    const { mtimeMs, size, ino } = statSync(file);
    writeFileSync(file, await textOf('new'));
    utimesSync(file, 1000, 1000);
    expect(statSync(file)).to.include({ size, mtimeMs, ino });
    expect(await letsIn(users, 'new')).to.equal(true);
    expect(await letsIn(users, 'old')).to.equal(false);
  });

  it('lets nobody in while it cannot be read, says so once, and lets in again', async () => {
    const text = await textOf('right');
    writeFileSync(file, text);
    const users = await open();
    expect(await letsIn(users, 'right')).to.equal(true);
    for (const broken of [undefined, 'no JSON', undefined]) {
      if (broken === undefined) rmSync(file, { force: true });
      else writeFileSync(file, broken);
      expect(await letsIn(users, 'right')).to.equal(false);
    }
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include('the users file cannot be read').and.include('ENOENT');
    writeFileSync(file, text);
    expect(await letsIn(users, 'right')).to.equal(true);
  });
});
