import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until it is true. @throws Error with `what` after the time, in seconds */
export async function until(what: string, seconds: number, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`${what}: not after ${String(seconds)} s`);
    await sleep(50);
  }
}

/** Resolves once a call succeeds again. */
export const untilItWorks = (what: string, seconds: number, call: () => Promise<unknown>): Promise<void> =>
  until(what, seconds, () =>
    call().then(
      () => true,
      () => false,
    ),
  );
