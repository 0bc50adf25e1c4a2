import type { Outcome } from './pair.ts';

const interval = 15_000;

/** Counts what was played of an area, and says so now and then, and at the end. */
export class Tally {
  readonly #area: string;
  readonly #wanted: number;
  readonly #started = Date.now();
  readonly #explained = new Map<string, number>();
  #told = Date.now();
  #sequences = 0;
  #requests = 0;
  #refused = 0;

  constructor(area: string, wanted: number) {
    this.#area = area;
    this.#wanted = wanted;
  }

  add({ played, explained }: Outcome): void {
    this.#sequences++;
    this.#requests += played.length;
    this.#refused += played.filter(({ server }) => !server.answer.startsWith('200')).length;
    for (const reason of explained) this.#explained.set(reason, (this.#explained.get(reason) ?? 0) + 1);
    if (Date.now() - this.#told < interval) return;
    this.#told = Date.now();
    this.#tell(`of ${String(this.#wanted)}`);
  }

  /** What was played in all, shrinking included, and how often which explanation was needed. */
  end(): void {
    this.#tell('done');
    for (const [reason, times] of this.#explained) console.log(`  ${String(times)} x ${reason}`);
  }

  #tell(state: string): void {
    const seconds = (Date.now() - this.#started) / 1000;
    const rate = (this.#requests / seconds).toFixed(0);
    console.log(
      `${this.#area}: ${String(this.#sequences)} sequences ${state}, ${String(this.#requests)} requests to each server ` +
        `(${String(this.#refused)} refused), ${rate} a second`,
    );
  }
}
