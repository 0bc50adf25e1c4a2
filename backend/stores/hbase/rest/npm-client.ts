import type { Client } from 'hbase';
import hbase from 'hbase';
import type { RemoteAnswer } from '../../../remote/index.ts';
import { StoreCorrupt } from '../../contract/index.ts';
import { decodeCellSet, encodeCellSet } from './cell-set.ts';
import type { WireCell, WireRow } from './cell-set.ts';
import type { Call, Transport } from './transport.ts';
import { json, protobuf } from './transport.ts';

export type { Client } from 'hbase';

/** A status that npm `hbase` reports as an error: 404, 204, 410. */
export class OtherStatus extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HBase REST answered ${status}.`);
    this.status = status;
  }
}

type Callback<T> = (error: Error | null | undefined, value: T) => void;

/** How its requests are sent, beside what it says itself. */
export type Manner = Pick<Call, 'table' | 'repeatable' | 'expects' | 'only' | 'timeout' | 'signal'> & {
  /** Told of every answer. */
  readonly answered?: (answer: RemoteAnswer) => void;
};

/**
 * One call of npm `hbase` over our transport, put in place of its `connection.makeRequest`: of its own connection, which
 * takes any certificate and knows no time limit, nothing is left. What throws within its callbacks rejects here.
 */
export function callNpm<T>(
  transport: Transport,
  manner: Manner,
  use: (client: Client, done: Callback<T>) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const client = new hbase.Client({ encoding: 'base64' });
    client.connection.makeRequest = (method, command, data, callback) => {
      const type = command.endsWith('/schema') || command.endsWith('/scanner') ? json : protobuf;
      const body = data === '' || data === undefined ? undefined : bodyOf(data);
      transport
        .call({ ...manner, method: methodOf(method), path: command, type, ...(body === undefined ? {} : { body }) })
        .then((answer) => {
          manner.answered?.(answer);
          const { status: statusCode, headers } = answer;
          const sound = statusCode === 200 || statusCode === 201;
          callback(sound ? null : new OtherStatus(statusCode), sound ? dataOf(answer, type) : null, {
            statusCode,
            headers,
          });
        })
        .catch(reject);
    };
    use(client, (error, value) => {
      if (error == null) resolve(value);
      else reject(error);
    });
  });
}

function methodOf(method: string): Call['method'] {
  if (method === 'GET' || method === 'PUT' || method === 'POST' || method === 'DELETE') return method;
  throw new TypeError(`npm hbase asks with ${method}.`);
}

function bodyOf(data: unknown): Buffer {
  if (typeof data !== 'object' || data === null || !('Row' in data)) return Buffer.from(JSON.stringify(data), 'utf8');
  // As npm hbase builds it: the key a string, columns and values what `put` was given.
  const rows = data.Row as readonly { readonly key: string; readonly Cell: readonly WireCell[] }[];
  return encodeCellSet(rows.map(({ key, Cell }): WireRow => ({ key: Buffer.from(key, 'utf8'), Cell })));
}

function dataOf({ body }: RemoteAnswer, type: string): unknown {
  if (type === protobuf) return { Row: body.length === 0 ? [] : decodeCellSet(body) };
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new StoreCorrupt('HBase REST sent JSON that is none.', { cause: error });
  }
}
