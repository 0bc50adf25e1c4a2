import { refused, row } from '../row.ts';
import type { Row } from '../row.ts';

const file = '/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/f';

/** What passes between client and backend beside the bodies. */
export const headerRows: readonly Row[] = [
  row('a range', {
    request: { target: `/kirka${file}`, headers: [['Range', 'bytes=1-3']] },
    sees: { method: 'GET', path: file, headers: { range: 'bytes=1-3' } },
    backend: {
      status: 206,
      headers: { 'content-range': 'bytes 1-3/16', 'content-type': 'application/octet-stream' },
      body: '123',
    },
    receives: { status: 206, headers: { 'content-range': 'bytes 1-3/16' }, body: '123' },
  }),
  row('HEAD', {
    request: { method: 'HEAD', target: `/kirka${file}` },
    sees: { method: 'HEAD', path: file },
    receives: { status: 200, body: '' },
  }),
  row("headers of MLflow's client", {
    request: {
      target: '/kirka/version',
      headers: [
        ['User-Agent', 'mlflow-python-client/3.17.2'],
        ['Accept', '*/*'],
      ],
    },
    sees: { method: 'GET', path: '/version', headers: { 'user-agent': 'mlflow-python-client/3.17.2', accept: '*/*' } },
  }),
  row("the client's request id", {
    request: { target: '/kirka/version', headers: [['X-Request-Id', 'abc-1']] },
    sees: { method: 'GET', path: '/version', headers: { 'x-request-id': 'abc-1' } },
  }),
  row('the workspace that is meant, which the backend refuses', {
    request: { target: '/kirka/version', headers: [['x-mlflow-Workspace', 'team']] },
    sees: { method: 'GET', path: '/version', headers: { 'x-mlflow-workspace': 'team' } },
  }),
  row('the origin of a page that writes, by which the backend refuses it', {
    request: {
      method: 'POST',
      target: '/kirka/ajax-api/2.0/mlflow/upload-artifact?run_uuid=r&path=a',
      headers: [
        ['Origin', 'http://evil.example'],
        ['Content-Type', 'text/plain'],
      ],
      body: 'a',
    },
    sees: {
      method: 'POST',
      path: '/ajax-api/2.0/mlflow/upload-artifact',
      query: [
        ['run_uuid', 'r'],
        ['path', 'a'],
      ],
      body: 'a',
      headers: { origin: 'http://evil.example' },
    },
  }),
  row('a header of 6 kB', {
    request: { target: '/kirka/version', headers: [['X-Long', 'y'.repeat(6000)]] },
    sees: { method: 'GET', path: '/version', headers: { 'x-long': 'y'.repeat(6000) } },
  }),
  refused('headers of 9 kB', { target: '/kirka/version', headers: [['X-Long', 'y'.repeat(9000)]] }, 431),
  row('status and headers of an error', {
    request: { target: '/kirka/version' },
    sees: { method: 'GET', path: '/version' },
    backend: { status: 404, headers: { 'content-type': 'application/json', 'x-own': '1' }, body: '{"error_code":"X"}' },
    receives: { status: 404, headers: { 'x-own': '1' }, body: '{"error_code":"X"}' },
  }),
  row('a cookie or a challenge of the backend goes no further', {
    request: { target: '/kirka/version' },
    sees: { method: 'GET', path: '/version' },
    backend: { status: 401, headers: { 'set-cookie': 'a=b', 'www-authenticate': 'Basic realm="backend"' } },
    receives: { status: 401, headers: { 'set-cookie': null, 'www-authenticate': null } },
  }),
  row('a redirect of the backend is not followed', {
    request: { target: '/kirka/version' },
    sees: { method: 'GET', path: '/version' },
    backend: { status: 302, headers: { location: 'https://example.org/x' } },
    receives: { status: 302, headers: { location: 'https://example.org/x' } },
  }),
  refused('PROPFIND', { method: 'PROPFIND', target: '/kirka/version' }, 405),
  refused('TRACE', { method: 'TRACE', target: '/kirka/version' }, 403),
];
