import { RemoteUnavailable } from '../../remote/index.ts';
import type { Remote, RemoteAnswer, RemoteRequest, SendOptions } from '../../remote/index.ts';
import { hdfsError, remoteException, translate } from './hdfs-error.ts';
import type { Account } from './hdfs-error.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Whom requests name: `user.name` under simple authentication, and `doas` for whom the backend acts. */
export interface Identity extends Account {
  readonly user: string | undefined;
  /** @throws ArtifactError 'forbidden' where the end user has no HDFS user */
  readonly parameters: () => Readonly<Record<string, string>>;
}

/** What a NameNode says that is not the active one, or not yet up: it has done nothing. */
const elsewhere = new Set(['StandbyException', 'RetriableException', 'ObserverRetryOnActiveException']);

/** A way that closed before it answered, or 503 of a proxy, is never success. */
const noAnswer = new Set([502, 503, 504]);

const accept: SendOptions['accept'] = ({ status, body }) => {
  if (noAnswer.has(status)) return false;
  const exception = status === 403 && body !== undefined ? remoteException(body)?.exception : undefined;
  return exception !== undefined && elsewhere.has(exception) ? 'not-done' : true;
};

/** The path of a request: every segment encoded, with the operation and whom it is for in the query. */
export function operationPath(operation: string, path: string, parameters: Parameters, identity: Identity): string {
  const segments = path.split('/').map(encodeURIComponent).join('/');
  const query = new URLSearchParams({ op: operation.toUpperCase(), ...identity.parameters() });
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
  // `+` for a blank is a form's spelling; Knox and older NameNodes read it as it stands.
  return `${segments}?${query.toString().replaceAll('+', '%20')}`;
}

/** The NameNodes of one cluster, or a Knox in front of them. */
export class NameNode {
  readonly #remote: Remote;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * An answer of success, or a redirect.
   * @param repeatable whether doing it twice does what doing it once does
   * @throws ArtifactError, of which `isUncertain` tells whether it may have been done all the same
   */
  async ask(
    method: RemoteRequest['method'],
    path: string,
    identity: Identity,
    repeatable: boolean,
  ): Promise<RemoteAnswer> {
    try {
      const answer = await this.#remote.send({ method, path }, { repeatable, accept });
      if (answer.status === 200 || answer.status === 201 || answer.status === 307) return answer;
      throw hdfsError(answer.status, answer.body);
    } catch (error) {
      throw translate(error, identity);
    }
  }

  close(): Promise<void> {
    return this.#remote.close();
  }
}

/** Whether a request may have been done although it failed: it was sent, and no answer came. */
export function isUncertain(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof RemoteUnavailable && !error.cause.unsent;
}
