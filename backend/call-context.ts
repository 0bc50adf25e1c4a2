import { setMaxListeners } from 'node:events';

/** Who is calling, as the gateway proved it; never taken from a body or from a header that a client can set. */
export interface Caller {
  /** The authenticated user; undefined in open mode, where nobody is authenticated. */
  readonly user?: string | undefined;
  readonly groups: readonly string[];
}

/** Lines about one call, each with its request id; what pino's methods take. */
export interface CallLog {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * What goes with a call from the edge through services and stores: on whose behalf the work is done, when it is to end,
 * and where to log what happens on the way. Everything that takes one is bounded by it: reads end with an error once it
 * has ended (`throwIfEnded`); **a write that has begun goes on to its end**.
 */
export interface CallContext {
  readonly caller: Caller;
  /** Aborted, with an error as its reason, when nobody waits for the result any more. */
  readonly signal: AbortSignal;
  /** When reads give up, on the clock of `performance.now()` (ms); Infinity for never. */
  readonly deadline: number;
  readonly log: CallLog;
}

/** A read took longer than its deadline allows. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';

  constructor() {
    super('The deadline of the call has passed.');
  }
}

/**
 * Makes the signal of a context. A call has requests to servers under way side by side, and each of them listens: of
 * more than ten Node would warn, as of a leak.
 */
export function callSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** The context of work that no request asked for: a start, a command, a test. It never ends. */
export const background: CallContext = {
  caller: { groups: [] },
  signal: callSignal().signal,
  deadline: Infinity,
  log: { warn: () => undefined },
};

/**
 * For loops to call once a page: long work stops where nobody waits for it.
 * @throws what the signal was aborted with, or DeadlineExceeded
 */
export function throwIfEnded({ signal, deadline }: Pick<CallContext, 'signal' | 'deadline'>): void {
  signal.throwIfAborted();
  if (deadline !== Infinity && performance.now() > deadline) throw new DeadlineExceeded();
}

/** ms until the deadline: at least 0, Infinity where there is none. */
export function remainingTime({ deadline }: Pick<CallContext, 'deadline'>): number {
  return deadline === Infinity ? Infinity : Math.max(0, deadline - performance.now());
}
