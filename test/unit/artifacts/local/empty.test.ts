import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { empty } from '../../../../backend/artifacts/local/empty.ts';
import { Folder } from '../../../../backend/artifacts/local/folder.ts';
import { failureOf } from '../../../contract/artifact-store/helpers.ts';
import { temporaryFolder } from '../../../end-to-end/kirka-process.ts';

const nothing = (): void => undefined;

describe('emptying a bin', () => {
  let data: ReturnType<typeof temporaryFolder>;
  let bin: Folder;
  const goesOn = new AbortController().signal;

  beforeEach(async () => {
    data = temporaryFolder();
    for (const name of ['a.', 'b.']) {
      mkdirSync(join(data.path, name, 'folder'), { recursive: true });
      writeFileSync(join(data.path, name, 'folder', 'f'), '');
    }
    bin = await Folder.open(data.path);
  });
  afterEach(async () => {
    await bin.close();
    data.remove();
  });

  /** The bin, where something happens before a folder in it is entered, and when all has been taken out of it. */
  const binWhere = (entering: (name: string) => void, emptied: (name: string) => void = nothing): Folder => {
    const enter = async (name: string) => {
      entering(name);
      const folder = await bin.enter(name);
      const close = async (): Promise<void> => {
        emptied(name);
        await folder.close();
      };
      return { path: folder.path, close };
    };
    return { path: bin.path, at: (name: string) => bin.at(name), enter } as unknown as Folder;
  };
  it('removes what has the beginning alone, and moves what is in it up under that', async () => {
    let most: readonly string[] = [];
    const watched = binWhere(() => (most = [...most, ...readdirSync(data.path)]));
    await empty(watched, 'a.', goesOn);
    expect(readdirSync(data.path)).to.deep.equal(['b.']);
    expect(most.every((name) => name.startsWith('a.') || name === 'b.')).to.equal(true);
    await empty(bin, '', goesOn);
    expect(readdirSync(data.path)).to.deep.equal([]);
  });

  it('leaves to others what they are always first to remove', async () => {
    const gone = binWhere(() => {
      throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    });
    await empty(gone, '', goesOn);
  });

  it('ends where something is put there for ever', async () => {
    const filled = binWhere(nothing, (name) => writeFileSync(join(data.path, name, 'late'), ''));
    expect(String(await failureOf(empty(filled, '', goesOn)))).to.include('never empty');
  });

  it('goes past what fails, and says what was first', async () => {
    const refused = binWhere((name) => {
      if (name === 'a.') throw Object.assign(new Error('not this one'), { code: 'EACCES' });
    });
    expect(String(await failureOf(empty(refused, '', goesOn)))).to.include('not this one');
    expect(readdirSync(data.path)).to.deep.equal(['a.']);
  });
});
