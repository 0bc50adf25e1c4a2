/** A time limit that can be moved on: one at a time, none after `clear`. */
export class Watch {
  readonly #expired: (what: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #afterReading: NodeJS.Immediate | undefined;

  constructor(expired: (what: string) => void) {
    this.#expired = expired;
  }

  /**
   * Starts anew.
   * @param what did not come in time, for the message: `no connection`
   * @param excused asked when the time is over: where true, it begins again
   */
  set(ms: number, what: string, excused: () => boolean = () => false): void {
    this.clear();
    this.#timer = setTimeout(() => {
      // Where this process was too busy to look, what it waits for may have come long ago: sockets are read before this.
      this.#afterReading = setImmediate(() => {
        if (excused()) this.set(ms, what, excused);
        else this.#expired(`${what} within ${ms / 1000} s`);
      });
    }, ms);
  }

  clear(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#afterReading);
  }
}
