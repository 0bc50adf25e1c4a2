import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClusterBackend, Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { partOf } from './part.ts';
import { startWriting } from '../cluster/support/writing.ts';

const rounds = partOf(50);

describe('a backend on the cluster that is killed with kill -9 while it writes', function () {
  this.timeout(300_000);
  let kirka: Installation;
  before(async () => {
    kirka = await install();
  });
  after(() => kirka.dispose());

  it(`leaves all that it acknowledged and nothing by halves, ${String(rounds)} times, beside one that lives`, async () => {
    const lasting = await kirka.start();
    let acknowledged = 0;
    for (let round = 0; round < rounds; round++) {
      const victim: ClusterBackend = await kirka.start();
      const name = `round-${String(round)}`;
      const [dying, living] = [startWriting([victim.api], `${name}-a`), startWriting([lasting.api], `${name}-b`, 1)];
      await dying.goOn(8, 60);
      await sleep(Math.random() * 100);
      const ended = dying.end();
      await victim.kill('SIGKILL');
      await ended;
      // What the dead one left behind is seen by the other, which was writing meanwhile.
      await dying.endAndCheck(lasting.api);
      await living.endAndCheck(lasting.api);
      expect(living.ledger.failures).to.equal(0);
      acknowledged += dying.ledger.acknowledged;
    }
    expect(acknowledged).to.be.greaterThan(rounds * 8);
  });
});
