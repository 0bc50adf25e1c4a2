import type { Logger } from 'pino';
import { ArtifactError } from '../artifacts/contract.ts';
import { MlflowError } from '../errors.ts';
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
  /** The verified user; undefined where nobody is. */
  readonly user: string | undefined;
  /** What the request is about, of its body, query or answer; as long as a client made it, cut when logged. */
  readonly ids: Touched;
  readonly status: number;
  readonly ms: number;
  readonly bytesOut: number;
  /** What ended the request early, or made the answer an error. */
  readonly failure: unknown;
}

export interface AccessLog {
  (line: AccessLine): void;
  /** An error that the edge itself should have caught. */
  readonly defect: (error: unknown) => void;
}

/**
 * One line a request: writes at `info`, that is who did what; reads at `debug`; what the server failed at, at `error`
 * with the reason. No query, no header and no body is logged.
 */
export function createAccessLog(logger: Logger): AccessLog {
  const log = ({ failure, ms, ids, ...line }: AccessLine): void => {
    const entry = { ...line, ...cut(ids), ms: Math.round(ms * 1000) / 1000 };
    if (failure instanceof ClientGone) logger.info({ ...entry, aborted: true }, 'request');
    else if (line.status >= 500 || isUnexpected(failure)) logger.error({ ...entry, err: failure }, 'request');
    else logger[line.access === 'write' ? 'info' : 'debug'](entry, 'request');
  };
  return Object.assign(log, {
    defect: (error: unknown) => {
      logger.error({ err: error }, 'the HTTP edge failed');
    },
  });
}

const cut = (ids: Touched): Touched =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, (id as string | undefined)?.slice(0, maxIdLength)]),
  );

/** What an artifact store refuses is its caller's doing, unless the status says otherwise. */
const isUnexpected = (failure: unknown): boolean =>
  failure !== undefined && !(failure instanceof MlflowError || failure instanceof ArtifactError);
