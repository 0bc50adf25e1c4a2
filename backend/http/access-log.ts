import type { Logger } from 'pino';
import { ArtifactError } from '../artifacts/contract.ts';
import { MlflowError } from '../errors.ts';
import type { CallLog } from '../call-context.ts';
import type { Touched } from '../handler.ts';
import { ClientGone } from './http-error.ts';

/** An id is shorter, a path seldom longer. */
const maxIdLength = 256;

export interface AccessLine {
  readonly requestId: string;
  /** Undefined where no route took the request. */
  readonly route: string | undefined;
  readonly access: 'read' | 'write';
  readonly method: string;
  /** Who connected: the gateway, or whoever calls past it. Undefined where the connection has ended. */
  readonly address: string | undefined;
  /** The verified user; undefined where nobody is. */
  readonly user: string | undefined;
  /** What the request is about, of its body, query or answer; as long as a client made it, cut when logged. */
  readonly ids: Touched;
  readonly status: number;
  readonly ms: number;
  readonly bytesOut: number;
  /** The client went away before it had the whole answer. */
  readonly aborted: boolean;
  /** What ended the request early, or made the answer an error. */
  readonly failure: unknown;
}

export interface AccessLog {
  (line: AccessLine): void;
  /** An error that the edge itself should have caught. */
  readonly defect: (error: unknown) => void;
  /** For lines about one request from further inside. */
  readonly of: (requestId: string) => CallLog;
}

/**
 * One line a request: writes at `info`, that is who did what; reads at `debug`; whoever is refused, at `warn` with the
 * address; what the server failed at, at `error` with the reason, also where the client has left meanwhile. No query, no
 * header and no body is logged.
 */
export function createAccessLog(logger: Logger): AccessLog {
  const log = ({ failure, aborted, ms, ids, address, ...line }: AccessLine): void => {
    const gone = aborted || failure instanceof ClientGone;
    const entry = { ...line, ...cut(ids), ms: Math.round(ms * 1000) / 1000, ...(gone && { aborted: true }) };
    if (isRefusal(line.status, failure)) logger.warn({ ...entry, address }, 'request');
    else if (failure instanceof ClientGone) logger.info(entry, 'request');
    else if (failure !== undefined && (line.status >= 500 || isUnexpected(failure)))
      logger.error({ ...entry, err: failure }, 'request');
    else logger[line.access === 'write' ? 'info' : 'debug'](entry, 'request');
  };
  return Object.assign(log, {
    defect: (error: unknown) => {
      logger.error({ err: error }, 'the HTTP edge failed');
    },
    of: (requestId: string): CallLog => ({
      warn: (fields, message) => {
        logger.warn({ requestId, ...fields }, message);
      },
    }),
  });
}

const cut = (ids: Touched): Touched =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, (id as string | undefined)?.slice(0, maxIdLength)]),
  );

/** What MLflow's server says of a workspace is a 500, but no failure of this server. */
const isRefusal = (status: number, failure: unknown): boolean =>
  status === 401 || status === 403 || (failure instanceof MlflowError && failure.code === 'FEATURE_DISABLED');

/** What an artifact store refuses is its caller's doing, unless the status says otherwise. */
const isUnexpected = (failure: unknown): boolean =>
  !(failure instanceof MlflowError || failure instanceof ArtifactError);
