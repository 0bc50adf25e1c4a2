import type { ClientRequest } from 'node:http';
import { Readable } from 'node:stream';
import type { Authenticator, RemoteRequest, StreamedAnswer } from './contract.ts';
import { exchange } from './exchange.ts';
import type { Connections } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';
import { readAnswer } from './read-answer.ts';

/** What a 401 has to say is read so that its connection serves on; more than this is not worth it. */
const refusalLimit = 64 * 1024;

/** Sends to single addresses with credentials, and ends what is under way when asked to. */
export class AuthenticatedSender {
  readonly #authenticator: Authenticator;
  readonly #connections: Omit<Connections, 'opened'>;
  readonly #underWay = new Set<ClientRequest>();

  constructor(authenticator: Authenticator, connections: Omit<Connections, 'opened'>) {
    this.#authenticator = authenticator;
    this.#connections = connections;
  }

  /** @throws NoAnswer */
  async send(address: URL, request: RemoteRequest): Promise<StreamedAnswer> {
    const answer = await this.#sendOnce(address, request);
    const again = await this.#learn(address, answer);
    // A 401 says that nothing was done; a body that has begun to flow cannot be sent a second time.
    if (!again || answer.status !== 401 || request.body instanceof Readable) return answer;
    await readAnswer(answer, refusalLimit).catch(() => undefined);
    const second = await this.#sendOnce(address, request);
    await this.#learn(address, second);
    return second;
  }

  endAll(): void {
    for (const outgoing of this.#underWay) outgoing.destroy();
  }

  async #sendOnce(address: URL, request: RemoteRequest): Promise<StreamedAnswer> {
    const credentials = await this.#authenticator.headers(new URL(address)).catch((error: unknown) => {
      throw new NoAnswer(`no credentials: ${messageOf(error)}`, { unsent: true, server: false }, { cause: error });
    });
    return exchange(
      address,
      request,
      { ...lowerCased(request.headers ?? {}), ...lowerCased(credentials) },
      { ...this.#connections, opened: (outgoing) => this.#keep(outgoing) },
    );
  }

  async #learn(address: URL, { status, headers, body }: StreamedAnswer): Promise<boolean> {
    try {
      return await this.#authenticator.learn(new URL(address), { status, headers });
    } catch (error) {
      // The server may have done what it was asked, but it has not proved who it is.
      body.destroy();
      throw new NoAnswer(`refused its proof: ${messageOf(error)}`, { unsent: false, server: false }, { cause: error });
    }
  }

  #keep(outgoing: ClientRequest): void {
    this.#underWay.add(outgoing);
    outgoing.once('close', () => this.#underWay.delete(outgoing));
  }
}

/** Header names are equal whatever their case: what comes later replaces. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
