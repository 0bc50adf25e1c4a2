import { ArtifactError } from '../artifacts/contract.ts';
import type { ArtifactProblem } from '../artifacts/contract.ts';
import { MlflowError, errorBody } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { Reply } from '../handler.ts';
import { StoreCorrupt, StoreFull, StoreUnavailable } from '../stores/contract/index.ts';
import { ClientGone, HttpError } from './http-error.ts';

/**
 * Code, and the status where the code's own would mislead: MLflow's client repeats a 429 for minutes, and a full disk does
 * not become empty meanwhile.
 */
const problems: Readonly<Record<ArtifactProblem, readonly [ErrorCode, number?]>> = {
  'not-found': ['RESOURCE_DOES_NOT_EXIST'],
  'is-directory': ['INVALID_PARAMETER_VALUE'],
  'not-a-directory': ['INVALID_PARAMETER_VALUE'],
  'bad-range': ['INVALID_PARAMETER_VALUE', 416],
  'bad-path': ['INVALID_PARAMETER_VALUE'],
  forbidden: ['PERMISSION_DENIED'],
  quota: ['RESOURCE_EXHAUSTED', 507],
  unavailable: ['TEMPORARILY_UNAVAILABLE'],
};

/** What the API says of an error. An unknown one tells nothing of the inside: the log has it, under the request's id. */
export function toMlflowError(error: unknown, requestId: string): MlflowError {
  if (error instanceof MlflowError) return error;
  if (error instanceof ClientGone) return new MlflowError('CANCELLED', error.message);
  if (error instanceof ArtifactError) return answerTo(error.problem, error.message);
  if (error instanceof StoreFull) return answerTo('quota', error.message);
  const inLog = `Request id: ${requestId}`;
  if (error instanceof StoreUnavailable) {
    return new MlflowError('TEMPORARILY_UNAVAILABLE', `The store did not answer. ${inLog}`);
  }
  if (error instanceof StoreCorrupt) {
    return new MlflowError('INTERNAL_ERROR', `The store holds a record that cannot be read. ${inLog}`);
  }
  return new MlflowError('INTERNAL_ERROR', `Internal error. ${inLog}`);
}

function answerTo(problem: ArtifactProblem, message: string): MlflowError {
  const [code, status] = problems[problem];
  return status === undefined ? new MlflowError(code, message) : new HttpError(status, code, message);
}

/** The answer that an error is, in MLflow's form. */
export function errorReply(error: MlflowError): Reply {
  return {
    status: error.status,
    headers: { 'Content-Type': 'application/json', ...(error instanceof HttpError ? error.headers : {}) },
    body: errorBody(error.code, error.message, error.errorClass),
  };
}
