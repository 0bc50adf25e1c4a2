import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkPath, shown } from './addresses.ts';
import { Breaker } from './breaker.ts';
import type { Remote, RemoteAnswer, RemoteRequest, SendOptions, StreamedAnswer } from './contract.ts';
import { RemoteUnavailable } from './contract.ts';
import { NoAnswer } from './no-answer.ts';
import type { RemoteLimits, RemoteOptions } from './options.ts';
import { AnswerTooLarge, readAnswer } from './read-answer.ts';

interface Parts {
  readonly name: string;
  readonly addresses: readonly URL[];
  readonly spread: boolean;
  readonly limits: RemoteLimits;
  readonly onAvailability: NonNullable<RemoteOptions['onAvailability']>;
  /** Sends to one address, with credentials; throws NoAnswer. */
  readonly sendTo: (address: URL, request: RemoteRequest) => Promise<StreamedAnswer>;
  readonly release: () => void;
}

interface Server {
  readonly address: URL;
  readonly breaker: Breaker;
}

type Take<A> = (answer: StreamedAnswer) => Promise<A>;

/** The addresses of one service: which is asked, when another is, and when it is over. */
export class ServerGroup implements Remote {
  readonly #parts: Parts;
  readonly #servers: readonly Server[];
  readonly #closing = new AbortController();
  /** Index of the server that the next request begins at. */
  #first: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#servers = parts.addresses.map((address) => ({
      address,
      breaker: new Breaker(parts.limits, (available, reason) =>
        parts.onAvailability(shown(address), available, reason),
      ),
    }));
    this.#first = parts.spread ? Math.floor(Math.random() * parts.addresses.length) : 0;
  }

  send(request: RemoteRequest, options: SendOptions): Promise<RemoteAnswer> {
    return this.#rounds(request, options, (answer) => readAnswer(answer, this.#parts.limits.maxAnswer));
  }

  stream(request: RemoteRequest, options: SendOptions): Promise<StreamedAnswer> {
    return this.#rounds(request, options, async (answer) => answer);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#parts.release();
  }

  /** Round after round over the addresses, with pauses between, until one answers or no further attempt is allowed. */
  async #rounds<A extends RemoteAnswer | StreamedAnswer>(
    request: RemoteRequest,
    options: SendOptions,
    take: Take<A>,
  ): Promise<A> {
    checkPath(request.path);
    const { limits } = this.#parts;
    const deadline = performance.now() + limits.total;
    const servers = this.#order(options.only);
    const reasons = new Map(servers.map(({ address }) => [address, 'left alone after failures']));
    let unsent = true;
    let tried = false;
    for (let round = 0; ; round++) {
      for (const server of servers) {
        if (this.#closing.signal.aborted) throw this.#unavailable(new Map(), unsent);
        if (!server.breaker.admits()) continue;
        tried = true;
        const result = await this.#attempt(server, request, options, take);
        if (!(result instanceof NoAnswer)) return result;
        reasons.set(server.address, result.message);
        unsent &&= result.unsent;
        const whole = !(request.body instanceof Readable) || !request.body.readableDidRead;
        const mayGoOn = whole && (result.undone || options.repeatable) && performance.now() < deadline;
        if (!mayGoOn) throw this.#unavailable(reasons, unsent, result);
      }
      const pause = Math.random() * Math.min(limits.pause, 50 * 2 ** Math.min(round, 10));
      if (!tried || performance.now() + pause >= deadline) throw this.#unavailable(reasons, unsent);
      await this.#pause(pause, request.signal);
    }
  }

  async #attempt<A extends RemoteAnswer | StreamedAnswer>(
    { address, breaker }: Server,
    request: RemoteRequest,
    { accept }: SendOptions,
    take: Take<A>,
  ): Promise<A | NoAnswer> {
    try {
      const answer = await take(await this.#parts.sendTo(address, request));
      // An answer of whatever kind shows that the server is there.
      breaker.succeeded();
      const { status, headers, body } = answer;
      const verdict = accept?.({ status, headers, address, ...(Buffer.isBuffer(body) ? { body } : {}) }) ?? true;
      if (verdict !== true) {
        if (body instanceof Readable) body.destroy();
        return new NoAnswer(`answered ${status}`, { unsent: false, undone: verdict === 'not-done' });
      }
      if (!this.#parts.spread) this.#first = this.#servers.findIndex((server) => server.address === address);
      return answer;
    } catch (error) {
      if (error instanceof AnswerTooLarge) {
        breaker.succeeded();
        throw this.#unavailable(new Map([[address, error.message]]), false);
      }
      const failure = error instanceof RemoteUnavailable ? new NoAnswer(error.message, { unsent: false }) : error;
      if (failure instanceof NoAnswer && failure.server) breaker.failed(failure.message);
      else breaker.unknown();
      if (failure instanceof NoAnswer) return failure;
      throw error;
    }
  }

  #order(only: URL | undefined): readonly Server[] {
    if (only !== undefined) {
      const server = this.#servers.find(({ address }) => address.href === only.href);
      if (server === undefined) throw new TypeError(`${this.#parts.name}: not one of its addresses.`);
      return [server];
    }
    const first = this.#first;
    if (this.#parts.spread) this.#first = (first + 1) % this.#servers.length;
    return [...this.#servers.slice(first), ...this.#servers.slice(0, first)];
  }

  #unavailable(reasons: ReadonlyMap<URL, string>, unsent: boolean, cause?: NoAnswer): RemoteUnavailable {
    const list = [...reasons].map(([address, reason]) => `${shown(address)} (${reason})`).join(', ');
    const what = this.#closing.signal.aborted ? 'closed' : `no answer from ${list}`;
    return new RemoteUnavailable(`${this.#parts.name}: ${what}.`, unsent, cause === undefined ? {} : { cause });
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const signals = signal === undefined ? [this.#closing.signal] : [signal, this.#closing.signal];
    // Of the two, the closing is looked at by the next round.
    await sleep(ms, undefined, { signal: AbortSignal.any(signals) }).catch(() => signal?.throwIfAborted());
  }
}
