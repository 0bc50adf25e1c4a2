/**
 * A circuit breaker: after some failures in a row its address is left alone for a while, then one request (the probe)
 * decides whether it is back. So a dead server costs its time limit a few times, not at every request.
 */
export class Breaker {
  readonly #threshold: number;
  readonly #openFor: number;
  readonly #now: () => number;
  readonly #changed: (available: boolean, reason: string | undefined) => void;
  #failures = 0;
  #closedAgainAt: number | undefined;
  #probing = false;

  constructor(
    { failures, openFor }: { readonly failures: number; readonly openFor: number },
    changed: (available: boolean, reason: string | undefined) => void = () => undefined,
    now: () => number = () => performance.now(),
  ) {
    this.#threshold = failures;
    this.#openFor = openFor;
    this.#changed = changed;
    this.#now = now;
  }

  /** Whether a request may go there now. One that may must report with `succeeded`, `failed` or `unknown`. */
  admits(): boolean {
    if (this.#closedAgainAt === undefined) return true;
    if (this.#probing || this.#now() < this.#closedAgainAt) return false;
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    const wasOpen = this.#closedAgainAt !== undefined;
    this.#failures = 0;
    this.#closedAgainAt = undefined;
    this.#probing = false;
    if (wasOpen) this.#changed(true, undefined);
  }

  failed(reason: string): void {
    this.#failures += 1;
    const wasOpen = this.#closedAgainAt !== undefined;
    this.#probing = false;
    if (this.#failures < this.#threshold) return;
    // Jittered, so that many backends do not probe at once.
    this.#closedAgainAt = this.#now() + this.#openFor * (0.75 + Math.random() / 2);
    if (!wasOpen) this.#changed(false, reason);
  }

  /** The request ended without telling anything about the server: the caller gave up, no socket was free. */
  unknown(): void {
    this.#probing = false;
  }
}
