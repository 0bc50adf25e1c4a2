import { expect } from 'chai';
import { createAttempts, TooManyAttempts } from '../../../knox-service/local-gateway/attempts.ts';
import type { Attempts } from '../../../knox-service/local-gateway/attempts.ts';

const anySignal = (): AbortSignal => new AbortController().signal;
const here = '192.0.2.1';

describe('attempts to sign in', () => {
  let now: number;
  let slept: number[];
  let looked: string[];
  let attempts: Attempts;
  beforeEach(() => {
    [now, slept, looked] = [1_000, [], []];
    attempts = createAttempts({
      now: () => now,
      sleep: (ms) => {
        slept.push(ms);
        now += ms;
        return Promise.resolve();
      },
    });
  });

  /** Looks an attempt at; the only right password is `right`. */
  const make = (name: string, password: string, address = here): Promise<string | undefined> =>
    attempts.make({ name, password, address }, anySignal(), () => {
      looked.push(`${name}:${password}`);
      return Promise.resolve(password === 'right' ? name : undefined);
    });
  const outcome = (name: string, password: string, address?: string): Promise<unknown> =>
    make(name, password, address).catch((error: unknown) => (error instanceof TooManyAttempts ? 'bulk' : error));

  it('wait the longer the more of them failed, up to some seconds, and not at all once one was right', async () => {
    for (let turn = 0; turn < 10; turn++) expect(await make('ann', `wrong${String(turn)}`)).to.equal(undefined);
    expect(slept).to.deep.equal([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    expect(await make('ann', 'right')).to.equal('ann');
    slept = [];
    await make('ann', 'wrong');
    await make('ann', 'right');
    expect(slept).to.deep.equal([]);
  });

  it('wait for what is left of the delay only', async () => {
    for (let turn = 0; turn < 3; turn++) await make('ann', `wrong${String(turn)}`);
    now += 400;
    await make('ann', 'right');
    expect(slept).to.deep.equal([250, 100]);
  });

  it('of a name wait where others of it failed, and nowhere else; other names do not', async () => {
    for (let turn = 0; turn < 8; turn++) await make('ann', `wrong${String(turn)}`);
    slept = [];
    expect(await make('ann', 'right', '192.0.2.2')).to.equal('ann');
    expect(await make('bob', 'right')).to.equal('bob');
    expect(slept).to.deep.equal([]);
    await make('ann', 'right');
    expect(slept).to.have.length(1);
  });

  it('are refused as bulk where a place has too many wrong ones, and let in again with time', async () => {
    const outcomes: unknown[] = [];
    for (let turn = 0; turn < 100; turn++) outcomes.push(await outcome(`name${String(turn)}`, 'wrong'));
    expect(outcomes.filter((one) => one === undefined)).to.have.length(30);
    expect(outcomes.filter((one) => one === 'bulk')).to.have.length(70);
    expect(looked).to.have.length(30);
    expect(await outcome('ann', 'right')).to.equal('bulk');
    expect(await outcome('ann', 'right', '192.0.2.2')).to.equal('ann');
    const error: unknown = await make('ann', 'right').catch((reason: unknown) => reason);
    expect((error as TooManyAttempts).retryAfter).to.equal(2);
    now += 2000;
    expect(await outcome('ann', 'right')).to.equal('ann');
    expect(await outcome('ann', 'wrong')).to.equal(undefined);
    expect(await outcome('ann', 'wrong')).to.equal('bulk');
  });

  it('are no more where many come at the same time, and who is right comes in as soon as one has regrown', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `u${String(index)}`);
    const outcomes = await Promise.all(names.map((name) => outcome(name, 'wrong')));
    expect([looked.length, outcomes.filter((each) => each === 'bulk').length]).to.deep.equal([30, 30]);
    expect(await outcome('bob', 'right')).to.equal('bulk');
    now += 2_000;
    expect(await outcome('bob', 'right')).to.equal('bob');
    expect(await outcome('carl', 'right')).to.equal('carl');
  });

  it('of one place are those of half an IPv6 address', async () => {
    for (let turn = 0; turn < 30; turn++) await make(`x${String(turn)}`, 'wrong', `2001:db8:0:1::${turn.toString(16)}`);
    expect(await outcome('ann', 'right', '2001:db8:0:1:ffff::1')).to.equal('bulk');
    expect(await outcome('ann', 'right', '2001:db8:0:2::1')).to.equal('ann');
  });

  describe('at the same time', () => {
    let finish: ((right: boolean) => void)[];
    let begun: string[];
    beforeEach(() => ([finish, begun] = [[], []]));

    const held = (name: string, password: string, leaving = anySignal(), address = here): Promise<unknown> =>
      attempts
        .make({ name, password, address }, leaving, (given) => {
          begun.push(`${name}:${password}`);
          return new Promise<string | undefined>((resolve, reject) => {
            finish.push((right) => {
              resolve(right ? name : undefined);
            });
            given.addEventListener('abort', () => {
              reject(new Error('given up'));
            });
          });
        })
        .catch((error: unknown) => (error instanceof TooManyAttempts ? 'bulk' : (error as Error).message));
    const settle = (): Promise<void> => new Promise(setImmediate);

    it('are one where they are equal', async () => {
      const same = Array.from({ length: 200 }, () => held('ann', 'right'));
      await settle();
      expect(begun).to.deep.equal(['ann:right']);
      finish[0]?.(true);
      expect(new Set(await Promise.all(same))).to.deep.equal(new Set(['ann']));
    });

    it('of one name come one after the other, some of them, and the rest is bulk', async () => {
      const outcomes = Array.from({ length: 10 }, (_, turn) => held('ann', `wrong${String(turn)}`));
      await settle();
      expect(begun).to.deep.equal(['ann:wrong0']);
      for (let turn = 0; turn < 4; turn++) {
        finish[turn]?.(false);
        await settle();
      }
      expect(begun).to.deep.equal(['ann:wrong0', 'ann:wrong1', 'ann:wrong2', 'ann:wrong3']);
      expect((await Promise.all(outcomes)).slice(4)).to.deep.equal(Array.from({ length: 6 }, () => 'bulk'));
    });

    it('are some tens in all', async () => {
      const outcomes = Array.from({ length: 70 }, (_, turn) =>
        held(`name${String(turn)}`, 'x', anySignal(), `192.0.2.${String(turn)}`),
      );
      await settle();
      expect(begun).to.have.length(64);
      for (const end of finish) end(true);
      expect((await Promise.all(outcomes)).filter((one) => one === 'bulk')).to.have.length(6);
      expect(await outcome('ann', 'right')).to.equal('ann');
    });

    it('are given up when the last that waits for one has gone, and begun anew by who comes then', async () => {
      const [one, other] = [new AbortController(), new AbortController()];
      const first = held('ann', 'right', one.signal);
      const second = held('ann', 'right', other.signal);
      await settle();
      one.abort(new Error('gone'));
      expect(await first).to.equal('gone');
      expect(begun).to.have.length(1);
      const third = held('ann', 'right');
      finish[0]?.(true);
      expect(await Promise.all([second, third])).to.deep.equal(['ann', 'ann']);

      const leaving = new AbortController();
      const left = held('bob', 'right', leaving.signal);
      await settle();
      leaving.abort(new Error('gone'));
      expect(await left).to.equal('gone');
      const next = held('bob', 'right');
      await settle();
      finish[2]?.(true);
      expect(await next).to.equal('bob');
      expect(begun).to.deep.equal(['ann:right', 'bob:right', 'bob:right']);
    });
  });

  it('are remembered up to a number, and for some minutes', async () => {
    for (let turn = 0; turn < 12_000; turn++) {
      await make('x'.repeat(200) + String(turn), 'wrong', `198.${String(turn >> 8)}.${String(turn & 255)}.1`);
    }
    expect(attempts.remembered()).to.equal(20_000);
    for (let turn = 0; turn < 6; turn++) await make('ann', `wrong${String(turn)}`);
    now += 16 * 60_000;
    slept = [];
    await make('ann', 'wrong');
    await make('ann', 'wrong too');
    expect(slept).to.deep.equal([]);
  });
});
