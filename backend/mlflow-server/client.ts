import type { Readable } from 'node:stream';
import { authenticatorOf, openRemote } from '../remote/index.ts';
import type { Credentials, Remote } from '../remote/index.ts';
import { SourceError, SourceRefusal } from '../services/import/source.ts';
import { decodeText, parseJson } from '../wire/json/parse.ts';
import { isObject, member } from '../wire/json/value.ts';
import type { JsonObject } from '../wire/json/value.ts';

export interface TrackingServer {
  /** Its tracking URI: http or https, a path included. */
  readonly url: string;
  readonly credentials?: Credentials | undefined;
  /** PEM of the authority that signed its certificate, instead of the system's. */
  readonly ca?: string | undefined;
}

/** What one answer may hold: a page of runs with many params. */
const maxAnswer = 512 * 1024 * 1024;
const sockets = 8;

/** MLflow's REST API of a running server, read only. Answers are read with exact integers. */
export class MlflowClient {
  readonly #remote: Remote;

  /** @throws SourceError where the address or the credentials cannot be used */
  constructor({ url, credentials, ca }: TrackingServer) {
    try {
      this.#remote = openRemote({
        name: 'The tracking server',
        addresses: [url],
        limits: { maxSockets: sockets, queue: 600_000, answer: 120_000, idle: 120_000, total: 120_000, maxAnswer },
        ...(ca !== undefined && { ca }),
        ...(credentials && { authenticator: authenticatorOf(credentials) }),
      });
    } catch (error) {
      throw error instanceof TypeError ? new SourceError(error.message) : error;
    }
  }

  get(path: string, query: Readonly<Record<string, string>>): Promise<JsonObject> {
    return this.#json('GET', `/api/2.0/${path}?${new URLSearchParams(query).toString()}`);
  }

  /** Asks for something: it changes nothing, and may be repeated. */
  post(path: string, body: object): Promise<JsonObject> {
    return this.#json('POST', `/api/2.0/${path}`, Buffer.from(JSON.stringify(body)));
  }

  /** @param path already percent-encoded */
  async open(path: string): Promise<Readable> {
    const answer = await this.#asked(
      this.#remote.stream({ method: 'GET', path: `/api/2.0/${path}` }, { repeatable: true, accept: isAnswer }),
    );
    if (answer.status === 200) return answer.body;
    answer.body.destroy();
    throw new SourceError(`The tracking server answered ${String(answer.status)} to a request for a file.`);
  }

  close(): Promise<void> {
    return this.#remote.close();
  }

  async #json(method: 'GET' | 'POST', path: string, body?: Buffer): Promise<JsonObject> {
    const request = { method, path, ...(body && { body, headers: { 'content-type': 'application/json' } }) };
    const answer = await this.#asked(this.#remote.send(request, { repeatable: true, accept: isAnswer }));
    const decoded = decodeText(answer.body);
    const parsed = decoded === undefined ? undefined : parseJson(decoded);
    const [where = ''] = path.split('?');
    if (answer.status !== 200) throw refusal(answer.status, where, parsed);
    if (!isObject(parsed)) throw new SourceError(`${where} is no MLflow API: the answer is no JSON object.`);
    return parsed;
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw new SourceError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}

/** A gateway's 502 to 504 are worth another try. */
const isAnswer = ({ status }: { readonly status: number }): boolean => status < 502 || status > 504;

function refusal(status: number, where: string, parsed: ReturnType<typeof parseJson>): SourceError {
  if (status === 401 || status === 403) {
    return new SourceError(
      `The tracking server refuses (${String(status)}): set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or ` +
        'MLFLOW_TRACKING_TOKEN, of a user who may read everything.',
    );
  }
  const message = isObject(parsed) ? member(parsed, 'message') : undefined;
  const said = typeof message === 'string' ? `: ${message.slice(0, 300)}` : '';
  const hint = said === '' ? ". Is it MLflow's? Look at --from, its path included." : '';
  return new SourceRefusal(`The tracking server answered ${String(status)} to ${where}${said}${hint}`);
}
