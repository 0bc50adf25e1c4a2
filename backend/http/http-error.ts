import { MlflowError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

/** An error of the HTTP edge itself, whose status says more than its code does, as 405 and 413 do. */
export class HttpError extends MlflowError {
  override readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(code, message);
    this.status = status;
    this.headers = headers;
  }
}

/** The client went away before the answer was complete: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}
