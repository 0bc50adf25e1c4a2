import { expect } from 'chai';
import { failureOf } from '../../contract/artifact-store/helpers.ts';
import { watchMemory } from '../../support/memory.ts';

/** Reads these, one after the other, and then as a process that has ended; `drained` resolves at the first of those. */
function readings(...all: readonly number[]): { read: () => Promise<number>; drained: Promise<void> } {
  const left = all.values();
  let drain: () => void;
  const drained = new Promise<void>((resolve) => (drain = resolve));
  const read = async (): Promise<number> => {
    const { value, done } = left.next();
    if (done !== true) return value;
    drain();
    throw new Error('it has ended');
  };
  return { read, drained };
}

describe('the watch on the memory of a process', () => {
  it('tells the first and the highest that it saw', async () => {
    const { read, drained } = readings(3, 2, 9, 4);
    const memory = await watchMemory(1, 0, read);
    await drained;
    expect(await memory.end()).to.deep.equal({ before: 3, peak: 9 });
  });

  it('fails where nothing was seen after the first: nothing could then be found too much', async () => {
    const { read, drained } = readings(3);
    const memory = await watchMemory(1, 0, read);
    await drained;
    expect(String(await failureOf(memory.end()))).to.include('was not seen');
  });

  it('fails where the process does not run', async () => {
    expect(String(await failureOf(watchMemory(2 ** 22 + 1)))).to.include('ENOENT');
  });

  it('reads what a process holds', async function () {
    if (process.platform !== 'linux') this.skip();
    const memory = await watchMemory(process.pid, 1);
    const held = Buffer.alloc(64 * 2 ** 20, 1);
    const { before, peak } = await memory.end();
    expect(peak - before).to.be.within(held.length / 2, held.length * 2);
  });
});
