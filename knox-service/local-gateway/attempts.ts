import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { networkOf } from './network-of.ts';

/** Times in ms. */
export interface Clock {
  readonly now: () => number;
  /** @throws the signal's reason where it is aborted meanwhile */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
};

/** Whoever tries in bulk is refused without being looked at. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('Too many attempts to sign in.');
    this.retryAfter = retryAfter;
  }
}

/** Wrong passwords of one name from one place. */
interface Failures {
  readonly count: number;
  /** When the next attempt is looked at. */
  readonly notBefore: number;
}

/** Wrong passwords that a place has left, which grow again with time. */
interface Allowance {
  readonly left: number;
  readonly at: number;
}

const remembered = { max: 10_000, ttl: 15 * 60_000, ttlResolution: 0 };

/** Mistyping once costs nothing; behind the second wrong password there is a delay, and behind each further twice that. */
const freeFailures = 1;
const firstDelay = 250;
const longestDelay = 15_000;

/** Wrong passwords of one place, whatever the names, before it is taken for bulk; one more every `regrowth` ms. */
const placeAllowance = 30;
const regrowth = 2_000;

/** Attempts under way, of one name from one place, and in all. */
const mostOfPair = 4;
const mostInAll = 64;

export interface Attempts {
  /**
   * Has an attempt looked at when its turn comes: after the others of the same name from the same place, and after a delay
   * that grows with those that failed. Equal attempts at the same time are one.
   * @param name - delayed for this place alone: whoever knows a name must not be able to lock its owner out
   * @throws TooManyAttempts, and the signal's reason
   */
  readonly make: <T>(
    attempt: { readonly name: string; readonly password: string; readonly address: string },
    signal: AbortSignal,
    verify: (signal: AbortSignal) => Promise<T | undefined>,
  ) => Promise<T | undefined>;
  /** How many names, places and attempts are remembered. */
  readonly remembered: () => number;
}

interface UnderWay {
  readonly outcome: Promise<unknown>;
  /** Ends it before its turn. */
  readonly giveUp: () => void;
  /** Clients that wait for it. */
  waiting: number;
}

/** Attempts of one name from one place, the last of which the next one waits for. */
interface Line {
  last: Promise<unknown>;
  length: number;
}

/** Keeps wrong passwords from costing more than they may. What is remembered is bounded, and forgotten with time. */
export function createAttempts(clock: Clock = realClock): Attempts {
  const failures = new LRUCache<string, Failures>({ ...remembered, perf: clock });
  const places = new LRUCache<string, Allowance>({ ...remembered, perf: clock });
  const underWay = new Map<string, UnderWay>();
  const lines = new Map<string, Line>();

  const allowanceOf = (place: string): number => {
    const { left, at } = places.get(place) ?? { left: placeAllowance, at: clock.now() };
    return Math.min(placeAllowance, left + (clock.now() - at) / regrowth);
  };

  function failed(pair: string): void {
    const count = (failures.get(pair)?.count ?? 0) + 1;
    const doubled = count - freeFailures - 1;
    const delay = doubled < 0 ? 0 : Math.min(longestDelay, firstDelay * 2 ** doubled);
    failures.set(pair, { count, notBefore: clock.now() + delay });
  }

  const allow = (place: string, change: 1 | -1): void => {
    places.set(place, { left: allowanceOf(place) + change, at: clock.now() });
  };

  async function inTurn<T>(pair: string, place: string, signal: AbortSignal, verify: () => Promise<T | undefined>) {
    const wait = (failures.get(pair)?.notBefore ?? 0) - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    const found = await verify();
    if (found === undefined) {
      failed(pair);
    } else {
      failures.delete(pair);
      allow(place, 1);
    }
    return found;
  }

  function begin<T>(
    [attempt, pair, place]: readonly [string, string, string],
    verify: (signal: AbortSignal) => Promise<T | undefined>,
  ): UnderWay {
    const line = lines.get(pair) ?? { last: Promise.resolve(), length: 0 };
    const allowance = allowanceOf(place);
    if (allowance < 1) throw new TooManyAttempts(Math.ceil(((1 - allowance) * regrowth) / 1000));
    if (line.length >= mostOfPair || underWay.size >= mostInAll) throw new TooManyAttempts(1);
    // Taken when it begins, and given back to who is right: many at a time overdraw it by nothing.
    allow(place, -1);
    const ending = new AbortController();
    const outcome = line.last.then(() => inTurn(pair, place, ending.signal, () => verify(ending.signal)));
    const begun: UnderWay = {
      outcome,
      giveUp: () => {
        if (underWay.get(attempt) === begun) underWay.delete(attempt);
        ending.abort(new Error('Nobody waits for this attempt any more.'));
      },
      waiting: 0,
    };
    line.last = Promise.allSettled([outcome]);
    line.length++;
    lines.set(pair, line);
    underWay.set(attempt, begun);
    void line.last.then(() => {
      if (--line.length === 0) lines.delete(pair);
    });
    return begun;
  }

  return {
    make: async <T>(
      { name, password, address }: { name: string; password: string; address: string },
      signal: AbortSignal,
      verify: (signal: AbortSignal) => Promise<T | undefined>,
    ) => {
      signal.throwIfAborted();
      const place = networkOf(address);
      const attempt = digestOf(name, place, password);
      const joinable = underWay.get(attempt) ?? begin([attempt, digestOf(name, place), place], verify);
      return (await joined(joinable, signal)) as T | undefined;
    },
    remembered: () => failures.size + places.size + underWay.size + lines.size,
  };
}

/** Waits for an attempt, or until the client has gone; nobody finishes one that the last has left. */
async function joined(attempt: UnderWay, signal: AbortSignal): Promise<unknown> {
  attempt.waiting++;
  let leave: (() => void) | undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    leave = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([attempt.outcome, gone]);
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
    if (--attempt.waiting === 0) attempt.giveUp();
  }
}

/** Of one length, whatever was sent. */
const digestOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64');
