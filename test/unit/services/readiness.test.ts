import { expect } from 'chai';
import { watchReadiness } from '../../../backend/services/readiness.ts';
import type { WatchedReadiness } from '../../../backend/services/readiness.ts';
import { until } from '../http/app-under-test.ts';

describe('the readiness of a store', () => {
  let readiness: WatchedReadiness;
  let checks: { readonly pass: () => void; readonly fail: (reason: Error) => void }[];
  const changes: [boolean, unknown][] = [];

  const check = (): Promise<void> =>
    new Promise((pass, fail) => {
      checks.push({ pass, fail });
    });
  const watch = (patience = 60_000): void => {
    readiness = watchReadiness({
      check,
      ...{ every: 1, patience },
      onChange: (ready, reason) => changes.push([ready, reason]),
    });
  };
  /** Waits for a check that was begun and has not ended. */
  const next = async (): Promise<(typeof checks)[number]> => {
    await until(() => checks.length > 0);
    return checks.shift() as (typeof checks)[number];
  };

  beforeEach(() => {
    checks = [];
    changes.length = 0;
  });
  afterEach(() => readiness.end());

  it('is there from the start, goes with a check that fails, and comes back with the next', async () => {
    watch();
    expect(readiness.isReady()).to.equal(true);
    const reason = new Error('away');
    (await next()).fail(reason);
    await until(() => !readiness.isReady());
    (await next()).fail(new Error('still away'));
    (await next()).pass();
    await until(() => readiness.isReady());
    (await next()).pass();
    await next();
    expect(changes).to.deep.equal([
      [false, reason],
      [true, undefined],
    ]);
  });

  it('asks one thing at a time, however often it is asked itself', async () => {
    watch();
    await until(() => checks.length > 0);
    for (let i = 0; i < 1000; i++) readiness.isReady();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(checks).to.have.length(1);
  });

  it('goes while a check does not end', async () => {
    watch(5);
    const { pass } = await next();
    await until(() => !readiness.isReady());
    pass();
    await until(() => readiness.isReady());
  });

  it('ends for good', async () => {
    watch();
    const { pass } = await next();
    readiness.end();
    expect(readiness.isReady()).to.equal(false);
    pass();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([readiness.isReady(), checks, changes]).to.deep.equal([false, [], []]);
  });
});
