import { expect } from 'chai';
import { Breaker } from '../../../backend/remote/breaker.ts';

describe('Remote: circuit breaker', () => {
  let now = 0;
  const changes: string[] = [];
  const breaker = () =>
    new Breaker(
      { failures: 2, openFor: 1000 },
      (available, reason) => changes.push(available ? 'available' : `gone: ${reason}`),
      () => now,
    );
  beforeEach(() => {
    now = 0;
    changes.length = 0;
  });

  it('opens after failures in a row only', () => {
    const one = breaker();
    one.failed('a');
    one.succeeded();
    one.failed('b');
    expect(one.admits()).to.equal(true);
    one.failed('c');
    expect(one.admits()).to.equal(false);
    expect(changes).to.deep.equal(['gone: c']);
  });

  it('admits one probe at a time, which decides', () => {
    const one = breaker();
    one.failed('a');
    one.failed('b');
    now = 740;
    expect(one.admits()).to.equal(false);
    now = 1251;
    expect([one.admits(), one.admits()]).to.deep.equal([true, false]);
    one.failed('c');
    expect(one.admits()).to.equal(false);
    now += 1251;
    expect(one.admits()).to.equal(true);
    one.unknown();
    expect(one.admits()).to.equal(true);
    one.succeeded();
    expect([one.admits(), one.admits()]).to.deep.equal([true, true]);
    expect(changes).to.deep.equal(['gone: b', 'available']);
  });
});
