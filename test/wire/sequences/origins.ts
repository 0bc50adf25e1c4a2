import { needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const create = '/api/2.0/mlflow/experiments/create';
const allowed = ['access-control-allow-origin'];
const preflight = [
  ...allowed,
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-max-age',
];
const local = 'http://localhost:3000';
const foreign = 'https://evil.example';

const asks = (origin: string, headers: Step['headers'] = {}, path = create): Step =>
  request('OPTIONS', path, {
    headers: { origin, 'access-control-request-method': 'POST', ...headers },
    see: preflight,
  });
const writes = (origin: string, name: string): Step =>
  request('POST', create, {
    headers: { 'content-type': 'application/json', origin },
    body: `{"name": "{{unique}}${name}"}`,
    see: allowed,
  });
const reads = (origin: string): Step => request('GET', '/version', { headers: { origin }, see: allowed });

/** Pages of other origins, of which those of this machine may do everything. A gateway has another address. */
export const originsGroup = needing(
  ['straight'],
  [
    sequence(
      'a question before a request',
      asks(local, { 'access-control-request-headers': 'content-type, x-a' }),
      asks('http://127.0.0.1'),
      asks('http://[::1]:8080', { 'access-control-request-method': 'PATCH' }, '/get-artifact'),
      asks(local, { 'access-control-request-method': 'TRACE' }),
      asks(local, { 'access-control-request-private-network': 'true' }),
      asks(foreign, { 'access-control-request-headers': 'content-type' }),
      asks(foreign, { 'access-control-request-method': 'TRACE' }),
      asks('null'),
    ),
    sequence('writing', writes(local, '-local'), writes(foreign, '-foreign'), writes('null', '-null')),
    sequence('reading', reads(local), reads(foreign), reads('null')),
  ],
);
