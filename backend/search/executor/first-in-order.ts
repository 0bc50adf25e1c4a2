/**
 * Keeps the first `limit` of what it is offered, by `compare`: a heap whose root is the last of those kept, so that
 * most of a long scan costs one comparison each.
 */
export class FirstInOrder<T> {
  readonly #limit: number;
  readonly #compare: (a: T, b: T) => number;
  readonly #heap: T[] = [];

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  offer(item: T): void {
    const heap = this.#heap;
    if (heap.length < this.#limit) {
      heap.push(item);
      this.#rise(heap.length - 1);
      return;
    }
    const [last] = heap;
    if (last === undefined || this.#compare(item, last) >= 0) return;
    heap[0] = item;
    this.#sink();
  }

  /** What was kept, in order. */
  inOrder(): T[] {
    return [...this.#heap].sort(this.#compare);
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#isBehind(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(): void {
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const child = this.#isBehind(left + 1, left) ? left + 1 : left;
      if (!this.#isBehind(child, index)) return;
      this.#swap(child, index);
      index = child;
    }
  }

  /** Whether there is an item at `a` and it comes after the one at `b`. */
  #isBehind(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x !== undefined && y !== undefined && this.#compare(x, y) > 0;
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    if (x === undefined || y === undefined) return;
    this.#heap[a] = y;
    this.#heap[b] = x;
  }
}
