import type { Exchange } from './play.ts';

/** What stands in the place of a recorded answer. */
export type Ours = Partial<Omit<Exchange, 'request'>>;

export const error = (status: number, code: string, errorClass: string, message: string): Ours => ({
  answer: `${String(status)} application/json`,
  body: { error_class: errorClass, error_code: code, message, sqlstate: 'KAM00' },
});
export const invalid = (message: string): Ours =>
  error(400, 'INVALID_PARAMETER_VALUE', 'INVALID_PARAMETER_VALUE', message);
export const badRequest = (message: string): Ours => error(400, 'BAD_REQUEST', 'INVALID_PARAMETER_VALUE', message);
export const notServed = (status: number, message: string): Ours =>
  error(status, 'ENDPOINT_NOT_FOUND', 'RESOURCE_NOT_FOUND', message);
export const missing = (message: string): Ours => error(404, 'RESOURCE_DOES_NOT_EXIST', 'RESOURCE_NOT_FOUND', message);
export const wrongType = (name: string, value: string, type: string): Ours =>
  invalid(
    `Invalid value ${value} for parameter '${name}' supplied:  Hint: Value was of type '${type}'. ` +
      'See the API docs for more information about request parameters.',
  );

/** Reasons that several differences have. */
export const notHtml =
  "A JSON error, which clients read as they read the server's HTML page: by status and error_code.";
export const notSql = "The server's message is SQLite's own, table names and all.";
export const notCrash = 'The server fails on a request that is only a bad one.';
