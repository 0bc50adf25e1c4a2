import { RemoteUnavailable } from '../../remote/index.ts';
import { ArtifactError } from '../contract.ts';
import type { ArtifactProblem } from '../contract.ts';

/** An answer of WebHDFS that is none of success. Its message may name hosts and paths: for the log, not for clients. */
export class HdfsError extends Error {
  override readonly name = 'HdfsError';
  readonly status: number;
  /** The simple name of the Java class, `FileNotFoundException`; undefined where the answer was not HDFS's own. */
  readonly exception: string | undefined;

  constructor(status: number, exception: string | undefined, message: string) {
    super(message);
    this.status = status;
    this.exception = exception;
  }
}

interface RemoteException {
  readonly exception: string;
  readonly message: string;
}

/** The RemoteException that an answer's body is, with the first line of its message: a stack trace follows. */
export function remoteException(body: Buffer): RemoteException | undefined {
  try {
    const { RemoteException: found } = JSON.parse(body.toString()) as { RemoteException?: Partial<RemoteException> };
    if (typeof found?.exception !== 'string') return undefined;
    return { exception: found.exception, message: String(found.message ?? '').split('\n', 1)[0] ?? '' };
  } catch {
    return undefined;
  }
}

export function hdfsError(status: number, body: Buffer): HdfsError {
  const found = remoteException(body);
  return new HdfsError(
    status,
    found?.exception,
    `HTTP ${String(status)}${found ? `, ${found.exception}: ${found.message}` : ''}`,
  );
}

/** An account, for messages: whom HDFS saw. */
export interface Account {
  /** The end user that the backend acts for; undefined where it acts for itself. */
  readonly actingFor: string | undefined;
}

/** What HDFS or the way to it says, as the contract's error; what is neither passes unchanged. */
export function translate(error: unknown, account: Account): unknown {
  if (error instanceof RemoteUnavailable) {
    return new ArtifactError('unavailable', 'HDFS did not answer', { cause: error });
  }
  if (!(error instanceof HdfsError)) return error;
  const [problem, message] = problemOf(error, account);
  return new ArtifactError(problem, message, { cause: error });
}

function problemOf(error: HdfsError, { actingFor }: Account): readonly [ArtifactProblem, string] {
  const { status, exception } = error;
  switch (exception) {
    case 'FileNotFoundException':
      return ['not-found', 'No such artifact'];
    case 'ParentNotDirectoryException':
    case 'FileAlreadyExistsException':
      return ['not-a-directory', 'A file lies on the way to this name'];
    case 'AccessControlException':
      // So says HDFS where a path leads through a file.
      if (error.message.endsWith('(is not a directory)'))
        return ['not-a-directory', 'A file lies on the way to this name'];
      return actingFor === undefined
        ? ['unavailable', "HDFS denies this to the backend's own account"]
        : ['forbidden', `HDFS denies this to the user '${actingFor}'`];
    case 'AuthorizationException':
      return [
        'unavailable',
        'HDFS does not let the backend act for others (hadoop.proxyuser settings of the NameNode)',
      ];
    case 'MaxDirectoryItemsExceededException':
      return ['quota', 'A folder holds as many entries as HDFS allows'];
    case 'PathComponentTooLongException':
      return ['bad-path', 'Artifact name is too long'];
    case 'InvalidPathException':
    case 'HadoopIllegalArgumentException':
      return ['bad-path', 'HDFS takes no such name'];
    case 'SafeModeException':
    case 'RetriableException':
      return ['unavailable', 'HDFS is in safe mode and takes no changes'];
    case undefined:
      // A 404 of a proxy, or of a wrong address, is not the absence of a file.
      return status === 401
        ? ['unavailable', "HDFS does not accept the backend's credentials"]
        : ['unavailable', `HDFS answered with status ${String(status)}`];
    default:
      return /^(DS|NS)?Quota\w*ExceededException$/.test(exception)
        ? ['quota', `The quota of the artifact folder in HDFS is used up (${exception})`]
        : ['unavailable', `HDFS cannot do this (${exception})`];
  }
}
