import { Worker } from 'node:worker_threads';

/** scrypt's parameters. */
export interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

interface Job {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly length: number;
  readonly cost: Cost;
}

type Answer = { readonly key: Uint8Array } | { readonly failure: string };

/** What the thread runs. A text, and not a file: the sources are TypeScript, which a thread does not load by itself. */
const program = `
  const { scryptSync } = require('node:crypto');
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ password, salt, length, cost }) => {
    try {
      parentPort.postMessage({ key: scryptSync(password, salt, length, cost) });
    } catch (error) {
      parentPort.postMessage({ failure: error.message });
    }
  });
`;

/** One at a time, in a thread of its own: in Node's thread pool hashes would stand before the reads and writes of files. */
class KeyThread {
  #worker: Worker | undefined;
  #current: ((answer: Answer) => void) | undefined;
  readonly #queue: { job: Job; settle: (answer: Answer) => void }[] = [];

  /** How many are waited for. */
  get pending(): number {
    return this.#queue.length + (this.#current ? 1 : 0);
  }

  /** @throws the signal's reason, of a job that need not be begun any more */
  async derive(job: Job, signal?: AbortSignal): Promise<Buffer> {
    signal?.throwIfAborted();
    let abandon: (() => void) | undefined;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const entry = { job, settle: resolve };
      abandon = () => {
        const at = this.#queue.indexOf(entry);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abandon, { once: true });
      this.#queue.push(entry);
      this.#next();
    }).finally(() => {
      if (abandon) signal?.removeEventListener('abort', abandon);
    });
    if ('failure' in answer) throw new Error(`A password cannot be hashed: ${answer.failure}`);
    return Buffer.from(answer.key);
  }

  #next(): void {
    if (this.#current) return;
    const next = this.#queue.shift();
    if (!next) {
      this.#worker?.unref();
      return;
    }
    this.#current = next.settle;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(next.job);
  }

  #start(): Worker {
    const worker = new Worker(program, { eval: true, execArgv: [] });
    const settle = (answer: Answer): void => {
      this.#current?.(answer);
      this.#current = undefined;
      this.#next();
    };
    worker.on('message', settle);
    // What ends it fails the one hash; the next begins in another.
    worker.on('error', (error) => {
      this.#worker = undefined;
      settle({ failure: error.message });
    });
    return worker;
  }
}

const thread = new KeyThread();

/** scrypt's key of a password. @throws the signal's reason where it was given up before its turn came */
export const deriveKey = (job: Job, signal?: AbortSignal): Promise<Buffer> => thread.derive(job, signal);

/** How many keys are waited for. */
export const pendingKeys = (): number => thread.pending;
