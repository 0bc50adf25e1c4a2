import type { Remote, RemoteAnswer, RemoteRequest } from '../../../remote/index.ts';
import { RemoteUnavailable } from '../../../remote/index.ts';
import { StoreUnavailable } from '../../contract/index.ts';
import { exceptionOf, failureOf, isNoTable, isPassing, noTable } from './failures.ts';

export const protobuf = 'application/x-protobuf';
export const json = 'application/json';

export interface Call extends Pick<RemoteRequest, 'method' | 'path'> {
  readonly table: string;
  /** Media type of the body and of the answer that is asked for. */
  readonly type: string;
  readonly body?: Buffer;
  readonly repeatable: boolean;
  /** Statuses that the caller understands. */
  readonly expects: readonly number[];
  readonly only?: URL | undefined;
  /** Ends a read whose result nobody waits for any more; writes go on. */
  readonly signal?: AbortSignal | undefined;
  /** ms until the answer, where it is not the transport's own limit. */
  readonly timeout?: number;
}

/** One request to HBase REST, and what its failures mean. */
export class Transport {
  readonly #remote: Remote;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  /** @throws StoreUnavailable | StoreCorrupt for any status that is not expected */
  async call(call: Call): Promise<RemoteAnswer> {
    return this.#expected(call, await this.#settled(call));
  }

  /**
   * For writes that must not be done twice: sent once, no answer explained.
   * @returns undefined where it may have arrived and no answer came
   * @throws StoreUnavailable where it has certainly not been sent
   */
  async once(call: Omit<Call, 'expects' | 'repeatable'>): Promise<RemoteAnswer | undefined> {
    try {
      return await this.#remote.send(this.#request(call), { repeatable: false });
    } catch (error) {
      if (!(error instanceof RemoteUnavailable)) throw error;
      if (error.unsent) throw new StoreUnavailable(error.message, { cause: error });
      return undefined;
    }
  }

  async #settled(call: Call): Promise<RemoteAnswer> {
    let refusal: string | undefined;
    let failed = false;
    const accept = (answer: Pick<RemoteAnswer, 'status' | 'headers'> & { readonly body?: Buffer }): boolean => {
      // A 500 names no reason, and may be this one server's own: the first is not the last word.
      const first = answer.status === 500 && call.repeatable && !failed;
      failed ||= first;
      const declined = first || (isPassing(answer) && !call.expects.includes(answer.status));
      refusal = declined ? exceptionOf(answer) : undefined;
      return !declined;
    };
    const { repeatable, only } = call;
    try {
      return await this.#remote.send(this.#request(call), {
        repeatable,
        accept,
        ...(only === undefined ? {} : { only }),
      });
    } catch (error) {
      if (!(error instanceof RemoteUnavailable)) throw error;
      const reason = refusal === undefined ? '' : ` The last said ${refusal}.`;
      throw new StoreUnavailable(`${error.message}${reason}`, { cause: error });
    }
  }

  async #expected(call: Call, answer: RemoteAnswer): Promise<RemoteAnswer> {
    const { status, headers } = answer;
    const typed = status !== 200 || answer.body.length === 0 || headers['content-type']?.startsWith(call.type) === true;
    if (call.expects.includes(status) && typed) return answer;
    if (status === 500 && (await this.#lacks(call.table))) throw noTable(call.table);
    throw failureOf(answer, call.table);
  }

  /** Whether HBase itself says that there is no such table: REST's own failures often do not name it. */
  async #lacks(table: string): Promise<boolean> {
    const path = `/${encodeURIComponent(table)}/schema`;
    const asked = this.#remote.send({ method: 'GET', path, headers: { accept: json } }, { repeatable: true });
    return asked.then(isNoTable, () => false);
  }

  #request({ method, path, type, body, timeout, signal }: Omit<Call, 'expects' | 'repeatable'>): RemoteRequest {
    const headers = { accept: type, ...(body === undefined ? {} : { 'content-type': type }) };
    return {
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(timeout === undefined ? {} : { timeout }),
      signal,
    };
  }
}
