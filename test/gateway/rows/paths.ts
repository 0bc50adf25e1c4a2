import { refused, row } from '../row.ts';
import type { Row } from '../row.ts';

const folder = '/api/2.0/mlflow-artifacts/artifacts';

/** A path below the artifact proxy that must reach the backend as `path`, as it was typed if that is absent. */
function passes(name: string, tail: string, path = tail): Row {
  return row(name, {
    request: { target: `/kirka${folder}/${tail}` },
    sees: { method: 'GET', path: `${folder}/${path}` },
  });
}

/** Knox decodes no path, neither once nor twice: what the client escaped stays escaped. */
export const pathRows: readonly Row[] = [
  passes('a space', 'a%20b.txt'),
  passes('a percent sign', '100%25.txt'),
  passes('an escaped escape', 'a%2520b.txt'),
  passes('a plus', 'a+b%2Bc.txt'),
  passes('a hash', 'a%23b.txt'),
  passes('a question mark', 'what%3F.txt'),
  passes('unicode', '%C5%BC%C3%B3%C5%82%C4%87/%F0%9F%99%82.png'),
  passes('an escaped slash', 'a%2Fb'),
  passes('a semicolon, bare and escaped', 'a;v=1/b%3Bc'),
  passes('signs that need no escape', "a=b&c@d:e$f!g'(h)*i,j~k"),
  passes('a line feed', 'a%0Ab'),
  passes('bytes that are no UTF-8', 'a%FFb'),
  passes('a folder named like the service', '0/kirka/r/kirka/x'),
  passes('a whole path of the API as a folder', 'x/kirka/api/2.0/mlflow/runs/create'),
  passes('many segments', 'a/b/c/d/e/f/g/h'),
  passes('a trailing slash goes', 'a/b/', 'a/b'),
  passes('empty segments go', 'a//b///c', 'a/b/c'),
  row('a trailing slash behind an operation goes', {
    request: { target: '/kirka/api/2.0/mlflow/runs/get/?run_id=1' },
    sees: { method: 'GET', path: '/api/2.0/mlflow/runs/get', query: [['run_id', '1']] },
  }),
  row('a parameter behind an operation stays', {
    request: { target: '/kirka/api/2.0/mlflow/runs/get;v=1' },
    sees: { method: 'GET', path: '/api/2.0/mlflow/runs/get;v=1' },
  }),
  row('an escaped letter of an operation stays escaped', {
    request: { target: '/kirka/api/2.0/mlflow/runs/%67et' },
    sees: { method: 'GET', path: '/api/2.0/mlflow/runs/%67et' },
  }),
  row('a blank and a letter in a key of a path', {
    request: { method: 'DELETE', target: '/kirka/api/2.0/mlflow/logged-models/m-1/tags/a%20%C3%A9' },
    sees: { method: 'DELETE', path: '/api/2.0/mlflow/logged-models/m-1/tags/a%20%C3%A9' },
  }),
  row('the page, with a slash', { request: { target: '/kirka/' }, sees: { method: 'GET', path: '/' } }),
  row('the page, without a slash', { request: { target: '/kirka' }, sees: { method: 'GET', path: '/' } }),
  row('the page, with a query', {
    request: { target: '/kirka/?a=1' },
    sees: { method: 'GET', path: '/', query: [['a', '1']] },
  }),
  row('a whole URL for a target', {
    request: { authority: 'localhost', target: '/kirka/api/2.0/mlflow/runs/get?run_id=a%20b' },
    sees: {
      method: 'GET',
      path: '/api/2.0/mlflow/runs/get',
      query: [['run_id', 'a b']],
    },
  }),
  // A URL that Knox routes but no rule matches keeps the gateway's own address, whose host is what the client says.
  refused(
    'an escaped letter of the service, for another host',
    { target: '/%6birka/version', headers: [['X-Forwarded-Host', 'eve.example:1']] },
    500,
  ),
  refused('dots before the service', { target: '/../sandbox/kirka/version' }, 500),
  refused('a NUL', { target: `/kirka${folder}/a%00b` }, 400),
  refused('an escape that is none', { target: `/kirka${folder}/a%zzb` }, 400),
  refused('bare braces', { target: `/kirka${folder}/{x}` }, 500),
  // Knox decodes a path to find its route, and then it is two segments.
  refused('an escaped slash in a key of a path', { target: '/kirka/api/2.0/mlflow/logged-models/m-1/tags/a%2Fb' }, 404),
  refused('what is asked of the backend itself', { target: '/kirka/ready' }, 404),
  refused('a path outside the manifest', { target: '/kirka/api/2.0/mlflow/traces' }, 404),
  refused('a name that begins like an operation', { target: '/kirka/api/2.0/mlflow/runs/getx' }, 404),
  refused('a path below an operation', { target: '/kirka/api/2.0/mlflow/runs/get/x' }, 404),
  refused('an operation of another surface', { target: '/kirka/api/2.0/mlflow/metrics/get-history-bulk' }, 404),
  refused('another letter case', { target: '/kirka/api/2.0/mlflow/Runs/get' }, 404),
  refused('another service', { target: '/kirkax/version' }, 404),
  refused('the gateway itself', { target: '/' }, 404),
];

/** A path with dots reaches the backend as it was typed, which must refuse it; Knox looks for a route without them. */
export const dotRows: readonly Row[] = [
  passes('bare dots', 'a/../b'),
  passes('dots behind a folder of artifacts', 'a/../../artifacts/b'),
  passes('escaped dots', 'a/%2e%2e/b'),
  passes('half escaped dots', 'a/.%2E/b'),
  passes('dots with an escaped slash', 'a/..%2fb'),
  refused('escaped dots with a parameter', { target: `/kirka${folder}/a/%2e%2e;v=1/b` }, 400),
  refused('a dot with a parameter', { target: `/kirka${folder}/a/.;v=1/b` }, 400),
  refused('dots with a parameter', { target: `/kirka${folder}/a/..;v=1/b` }, 400),
  passes('twice escaped dots', 'a/%252e%252e/b'),
  passes('three dots', 'a/.../b'),
  passes('one dot', 'a/./b'),
  passes('backslashes', 'a%5C..%5Cb'),
  refused('dots out of the API', { target: `/kirka${folder}/../../../../../etc/passwd` }, 404),
  refused('escaped dots out of the API', { target: `/kirka${folder}/%2e%2e/%2e%2e/%2e%2e/secret` }, 404),
  refused('dots out of the gateway', { target: `/kirka/../../../../../../etc/passwd` }, 400),
];
