import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { progress } from '../cluster/support/hooks.ts';
import type { ClusterBackend, Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { partOf } from './part.ts';
import { startWriting } from '../cluster/support/writing.ts';

const rounds = partOf(50);
const calls = ['runs/create', 'runs/log-batch', 'experiments/create', 'experiments/update'];

describe('a backend on the cluster that is killed with kill -9 while it writes', function () {
  this.timeout(1_800_000);
  let kirka: Installation;
  before(async () => {
    kirka = await install();
  });
  after(() => kirka.dispose());

  it(`leaves all that it acknowledged and nothing by halves, ${String(rounds)} times, beside one that lives`, async () => {
    const lasting = await kirka.start();
    const brokenOff = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      const victim: ClusterBackend = await kirka.start();
      const name = `round-${String(round)}`;
      const [dying, living] = [startWriting([victim.api], `${name}-a`), startWriting([lasting.api], `${name}-b`, 1)];
      // Any call may be the one under way: how many go before it is left to chance.
      await dying.goOn(1 + Math.floor(Math.random() * 16), 60);
      await sleep(Math.random() * 100);
      const ended = dying.end();
      await victim.kill('SIGKILL');
      await ended;
      // What the dead one left behind is seen by the other, which was writing meanwhile.
      await dying.endAndCheck(lasting.api);
      await living.endAndCheck(lasting.api);
      expect(living.ledger.failures).to.equal(0);
      for (const [call, times] of dying.ledger.brokenOff) brokenOff.set(call, (brokenOff.get(call) ?? 0) + times);
    }
    progress(`calls under way: ${[...brokenOff].map(([call, times]) => `${call} ${String(times)}`).join(', ')}`);
    if (rounds >= 50) expect([...brokenOff.keys()]).to.have.members(calls);
  });
});
