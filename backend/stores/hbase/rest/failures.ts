import type { RemoteAnswer } from '../../../remote/index.ts';
import { StoreCorrupt, StoreUnavailable } from '../../contract/index.ts';

/** Answers after which another server, or the same one later, may do better. */
const passing = new Set([429, 502, 503, 504]);

/** Exceptions of HBase that no second attempt mends, wherever in a chain of causes they stand. */
const lasting = /\b(TableNotFound|TableNotEnabled|NoSuchColumnFamily|AccessDenied)Exception\b/;

export type Answered = Pick<RemoteAnswer, 'status' | 'headers'> & { readonly body?: Buffer };

/** Whether the answer says that it may go better elsewhere or later. */
export function isPassing(answer: Answered): boolean {
  return passing.has(answer.status) && !lasting.test(exceptionOf(answer) ?? '');
}

/** The simple name of the Java exception that the answer's text tells of: nothing of what the exception quotes. */
export function exceptionOf({ body }: Answered): string | undefined {
  const text = body?.subarray(0, 16_384).toString('latin1') ?? '';
  return lasting.exec(text)?.[0] ?? /\b\w+(?:Exception|Error)\b/.exec(text)?.[0];
}

/** Whether it is REST's own answer that there is no such table, rather than some gateway's that there is no such path. */
export function isNoTable(answer: Answered): boolean {
  return answer.status === 404 && exceptionOf(answer) === 'TableNotFoundException';
}

/** What an answer that is none of the expected means, for whoever runs the cluster. */
export function failureOf(answer: Answered & { readonly address: URL }, table: string): Error {
  const { status, headers, address } = answer;
  const exception = exceptionOf(answer);
  const type = headers['content-type'];
  switch (exception ?? '') {
    case 'TableNotFoundException':
      return noTable(table);
    case 'TableNotEnabledException':
      return new StoreUnavailable(`HBase's table ${table} is disabled: enable it in the HBase shell.`);
    case 'NoSuchColumnFamilyException':
      return new StoreUnavailable(`HBase's table ${table} lacks a column family: run 'kirka store init'.`);
    case 'AccessDeniedException':
      return new StoreUnavailable(
        `HBase refuses access to the table ${table}: grant the service's user R and W on it.`,
      );
    default:
      break;
  }
  if (status === 401) return new StoreUnavailable(`HBase REST at ${address.origin} refuses the credentials (401).`);
  if (status === 403) return new StoreUnavailable(`HBase REST at ${address.origin} refuses the service's user (403).`);
  if (status < 300 || (status < 500 && type?.includes('html') === true)) {
    return new StoreCorrupt(
      `${address.origin}${address.pathname} does not answer as HBase REST does (${status}, ${type ?? 'no type'}): look at the address and its path.`,
    );
  }
  const detail = exception === undefined ? '' : `, ${exception}`;
  return new StoreUnavailable(`HBase REST at ${address.origin} cannot serve the table ${table} (${status}${detail}).`);
}

export function noTable(table: string): StoreUnavailable {
  return new StoreUnavailable(`HBase has no table ${table}: run 'kirka store init'.`);
}
