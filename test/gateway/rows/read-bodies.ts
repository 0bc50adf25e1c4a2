import { row } from '../row.ts';
import type { ClientRequest, Row } from '../row.ts';

const target = '/api/2.0/mlflow/registered-models/get';
const json = [['Content-Type', 'application/json']] as const;

/** A read whose body must arrive byte for byte. */
function arrives(name: string, request: Pick<ClientRequest, 'method' | 'chunked'> & { readonly body: string }): Row {
  const { method = 'GET', body } = request;
  return row(name, {
    request: { ...request, method, target: `/kirka${target}`, headers: json },
    sees: { method, path: target, body, headers: { 'content-type': 'application/json' } },
  });
}

/** MLflow's server takes the parameters of a read from a JSON body where the query has none, and some clients send them so. */
export const readBodyRows: readonly Row[] = [
  arrives('GET with a JSON body', { body: '{"name": "m"}' }),
  arrives('GET with a JSON body of unsaid length', { body: '{"name": "m"}', chunked: true }),
  arrives('GET with JSON that only we and MLflow read', {
    body: '{ "a" :\t1.0 ,\n"v":NaN,"b":-0.0,"c":"\\u0141\\/ż"}',
  }),
  arrives('GET with a body of 100 kB', { body: `{"filter": "${'x'.repeat(100_000)}"}` }),
  arrives('HEAD with a JSON body', { method: 'HEAD', body: '{"name": "m"}' }),
  row('GET with a JSON body beside a query', {
    request: { target: `/kirka${target}?name=a%20b`, headers: json, body: '{"name": "m"}' },
    sees: { method: 'GET', path: target, query: [['name', 'a b']], body: '{"name": "m"}' },
  }),
  ...['GET', 'HEAD'].map((method) =>
    row(`${method} without a body`, {
      request: { method, target: `/kirka${target}` },
      sees: { method, path: target, headers: { 'content-length': null, 'transfer-encoding': null } },
    }),
  ),
];
