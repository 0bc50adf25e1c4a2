import { cut } from './brief.ts';

/**
 * The register of MLflow's error codes and the HTTP status of each (mlflow/exceptions.py of 3.17.2). No other file
 * couples the two.
 */
const statusOf = {
  INTERNAL_ERROR: 500,
  FEATURE_DISABLED: 500,
  INVALID_STATE: 500,
  DATA_LOSS: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
  REQUEST_LIMIT_EXCEEDED: 429,
  CANCELLED: 499,
  RESOURCE_EXHAUSTED: 429,
  ABORTED: 409,
  RESOURCE_CONFLICT: 409,
  ALREADY_EXISTS: 409,
  NOT_FOUND: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_DOES_NOT_EXIST: 404,
  PERMISSION_DENIED: 403,
  CUSTOMER_UNAUTHORIZED: 401,
  UNAUTHENTICATED: 401,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  INVALID_PARAMETER_VALUE: 400,
} as const;

export type ErrorCode = keyof typeof statusOf;

/**
 * The class that MLflow puts beside a code (mlflow/error_classification.py of 3.17.2); codes that are not here have
 * neither a class nor an SQLSTATE.
 */
const classOf: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_REQUEST: 'INVALID_PARAMETER_VALUE',
  CUSTOMER_UNAUTHORIZED: 'PERMISSION_DENIED',
  ENDPOINT_NOT_FOUND: 'RESOURCE_NOT_FOUND',
  FEATURE_DISABLED: 'FEATURE_DISABLED',
  INTERNAL_ERROR: 'CLIENT_INTERNAL_ERROR',
  INVALID_PARAMETER_VALUE: 'INVALID_PARAMETER_VALUE',
  INVALID_STATE: 'CLIENT_INTERNAL_ERROR',
  NOT_FOUND: 'RESOURCE_NOT_FOUND',
  PERMISSION_DENIED: 'PERMISSION_DENIED',
  RESOURCE_ALREADY_EXISTS: 'RESOURCE_ALREADY_EXISTS',
  RESOURCE_DOES_NOT_EXIST: 'RESOURCE_NOT_FOUND',
  TEMPORARILY_UNAVAILABLE: 'CLIENT_INTERNAL_ERROR',
};

/** A class that a few errors have in place of their code's, and its SQLSTATE. */
const specialStateOf = { ATTRIBUTE_NOT_FOUND: 'KAM04' } as const;
export type SpecialClass = keyof typeof specialStateOf;

/** Classes whose SQLSTATE the status does not tell. */
const stateOf: Readonly<Record<string, string>> = { ...specialStateOf, FEATURE_DISABLED: 'KAM00' };

/** The body of an error answer, as MLflow's server writes it. */
export function errorBody(code: ErrorCode, message: string, special?: SpecialClass): string {
  const errorClass = special ?? classOf[code];
  const usual = statusOf[code] >= 500 ? 'XXM00' : 'KAM00';
  const sqlstate = errorClass === undefined ? undefined : (stateOf[errorClass] ?? usual);
  return JSON.stringify({ error_code: code, message, sqlstate, error_class: errorClass });
}

/** Longer is no message of MLflow's server about values that it takes: two of a param at their longest. */
const longestMessage = 15_000;

/**
 * An answer that is an error of MLflow's API: `{"error_code": ..., "message": ...}` with the code's status. Values in a
 * message are cut by whoever writes it (`brief`); here it is cut as a whole, whatever it is made of.
 */
export class MlflowError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** Where it is not that of the code. */
  readonly errorClass: SpecialClass | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { errorClass?: SpecialClass } = {}) {
    super(cut(message, longestMessage), options);
    this.errorClass = options.errorClass;
    this.name = 'MlflowError';
    this.code = code;
    this.status = statusOf[code];
  }
}

export const invalidParameter = (message: string): MlflowError => new MlflowError('INVALID_PARAMETER_VALUE', message);
export const doesNotExist = (message: string): MlflowError => new MlflowError('RESOURCE_DOES_NOT_EXIST', message);
export const alreadyExists = (message: string): MlflowError => new MlflowError('RESOURCE_ALREADY_EXISTS', message);
