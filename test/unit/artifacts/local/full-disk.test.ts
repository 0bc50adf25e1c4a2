import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { errorCode } from '../../../../backend/artifacts/local/errors.ts';
import { Folder } from '../../../../backend/artifacts/local/folder.ts';
import { Staging } from '../../../../backend/artifacts/local/staging.ts';
import { failureOf } from '../../../contract/artifact-store/helpers.ts';

/** A folder of a file system on which no other can be made while it is full. */
class FullFolder {
  static full = true;
  readonly #folder: Folder;

  constructor(folder: Folder) {
    this.#folder = folder;
  }
  get path(): string {
    return this.#folder.path;
  }
  at(name: string): string {
    return this.#folder.at(name);
  }
  async make(name: string): Promise<void> {
    const isThere = existsSync(this.at(name));
    if (FullFolder.full && !isThere) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    await this.#folder.make(name);
  }
  async enter(name: string): Promise<Folder> {
    return new FullFolder(await this.#folder.enter(name)) as unknown as Folder;
  }
  async close(): Promise<void> {
    await this.#folder.close();
  }
}

describe('local artifact store: a disk that users have filled', () => {
  it('opens, says so, and takes uploads as soon as there is room', async () => {
    const path = await mkdtemp(join(tmpdir(), 'kirka-full-'));
    const folder = await Folder.open(path);
    const lines: string[] = [];
    try {
      await folder.make('.kirka-staging');
      FullFolder.full = true;
      const root = new FullFolder(folder) as unknown as Folder;
      const staging = await Staging.open(root, pino({}, { write: (line) => void lines.push(line) }));
      expect(lines[0]).to.include('there is no room for uploads').and.include('ENOSPC');
      expect(errorCode(await failureOf(staging.fresh()))).to.equal('ENOSPC');
      FullFolder.full = false;
      expect(existsSync(dirname(await staging.fresh()))).to.equal(true);
      await staging.close();
    } finally {
      await folder.close();
      await rm(path, { recursive: true });
    }
  });
});
