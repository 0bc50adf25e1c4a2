import { needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const base = '/api/2.0/mlflow-artifacts';
const object = (path: string): string => `${base}/artifacts/{{unique}}/${path}`;
const see = ['content-disposition', 'x-content-type-options'];
const put = (path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Step =>
  request('PUT', object(path), { body, headers });
const get = (path: string): Step => request('GET', object(path), { see });
const remove = (path: string, body?: string): Step =>
  request('DELETE', object(path), body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body });
const list = (path?: string): Step =>
  request(
    'GET',
    `${base}/artifacts${path === undefined ? '' : `?path=${encodeURIComponent(path).replaceAll('%7B', '{').replaceAll('%7D', '}')}`}`,
  );
const post = (path: string, body: unknown): Step =>
  request('POST', base + path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
/** The path goes as it is, below the root and not below a folder of its own. */
const raw = (method: string, path: string): Step =>
  request(method, `${base}/artifacts/${path}`, method === 'PUT' ? { body: 'x' } : {});

export const artifactProxy = [
  sequence(
    'a file up, down, listed and removed',
    put('a.txt', 'hello\n'),
    get('a.txt'),
    list('{{unique}}'),
    remove('a.txt'),
    get('a.txt'),
    list('{{unique}}'),
  ),
  sequence(
    'a file replaced',
    put('a.txt', 'one'),
    put('a.txt', 'two, longer'),
    get('a.txt'),
    put('a.txt', ''),
    get('a.txt'),
  ),
  sequence(
    'an empty file, bytes that are no text',
    put('empty', ''),
    get('empty'),
    put('b.bin', Buffer.from('00ff80fe0a0d', 'hex')),
    get('b.bin'),
  ),
  sequence(
    'whatever content type the upload has',
    put('a.json', '{"a": NaN}', { 'content-type': 'application/json' }),
    get('a.json'),
    put('a.html', '<b>hi</b>', { 'content-type': 'text/html' }),
    get('a.html'),
    put('a.xml', '<a b="c"/>', { 'content-type': 'application/xml' }),
    get('a.xml'),
    put('form', 'a=1&b=2', { 'content-type': 'application/x-www-form-urlencoded' }),
    get('form'),
  ),
  sequence(
    'types by extension',
    ...[
      'MLmodel',
      'a.txt',
      'a.yml',
      'a.log',
      'a.ipynb',
      'a.csv',
      'a.png',
      'a.jpeg',
      'a.svg',
      'a.js',
      'a.pdf',
      'a.tar.gz',
      'conda.yaml',
      'a.pkl',
      'a.parquet',
      'Dockerfile',
      '.hidden',
      'A.TXT',
    ].flatMap((name) => [put(name, 'x'), get(name)]),
  ),
  sequence(
    'names with spaces, percent, plus, quotes and other scripts',
    ...[
      'a%20b.txt',
      'a%2Bb.txt',
      'a+b.txt',
      'gr%C3%B6%C3%9Fe.txt',
      '%E6%A8%A1%E5%9E%8B.txt',
      "it's.txt",
      '%22q%22.txt',
      'a%3Bb.txt',
      'a,b.txt',
      '100%25.txt',
    ].flatMap((name) => [put(name, 'x'), get(name)]),
    list('{{unique}}'),
  ),
  sequence(
    'folders',
    put('d/e/f.txt', 'f'),
    put('d/g.txt', 'g'),
    list('{{unique}}'),
    list('{{unique}}/d'),
    list('{{unique}}/d/e'),
    list('{{unique}}/d/'),
    get('d'),
    get('d/e'),
  ),
  sequence(
    'a folder removed with all below it',
    put('d/e/f.txt', 'f'),
    put('d/g.txt', 'g'),
    remove('d'),
    get('d/g.txt'),
    list('{{unique}}'),
  ),
  sequence('what is not there', get('none.txt'), get('d/none.txt'), remove('none.txt'), list('{{unique}}/none')),
  sequence(
    'removing with a JSON body, as the client sends it',
    put('a.txt', 'a'),
    remove('a.txt', '{"path":"a.txt"}'),
    get('a.txt'),
  ),
  sequence('listing a file', put('a.txt', 'a'), list('{{unique}}/a.txt')),
  sequence(
    'listing paths that lead out',
    list('..'),
    list('../'),
    list('{{unique}}/../..'),
    list('/'),
    list('/etc'),
    list('%2e%2e'),
    list('a\\b'),
    list('a#b'),
  ),
  ...needing(
    ['straight'],
    [
      sequence(
        'downloading paths that lead out',
        raw('GET', '..%2f..%2fetc%2fpasswd'),
        raw('GET', '%2e%2e%2fa'),
        raw('GET', '%252e%252e%252fa'),
        raw('GET', 'a%2f..%2f..%2fb'),
        raw('GET', '%2fetc%2fpasswd'),
        raw('GET', 'a%5c..%5cb'),
        raw('GET', 'a%23b'),
        raw('GET', 'a%00b'),
      ),
      sequence(
        'uploading to paths that lead out',
        raw('PUT', '..%2fa'),
        raw('PUT', '%252e%252e%252fa'),
        raw('PUT', '%2fetc%2fa'),
        raw('PUT', 'a%23b'),
      ),
      sequence('removing paths that lead out', raw('DELETE', '..%2fa'), raw('DELETE', '%252e%252e%252fa')),
    ],
  ),
  sequence(
    'multipart uploads: not on a store without them',
    post('/mpu/create/{{unique}}', { path: 'a.bin', num_parts: 2 }),
    post('/mpu/complete/{{unique}}', { path: 'a.bin', upload_id: 'u', parts: [{ part_number: 1, etag: 'e' }] }),
    post('/mpu/abort/{{unique}}', { path: 'a.bin', upload_id: 'u' }),
  ),
  sequence(
    'multipart uploads: fields that are missing or wrong',
    post('/mpu/create/{{unique}}', {}),
    post('/mpu/create/{{unique}}', { path: 'a.bin', num_parts: 'two' }),
    post('/mpu/complete/{{unique}}', { path: 'a.bin', upload_id: 'u' }),
    post('/mpu/complete/{{unique}}', { upload_id: 'u', parts: [] }),
    post('/mpu/abort/{{unique}}', {}),
    post('/mpu/abort/{{unique}}', { path: 5 }),
  ),
  sequence(
    'presigned downloads: not on a store without them',
    request('GET', `${base}/presigned/{{unique}}/a.txt`),
    request('GET', `/ajax-api/2.0/mlflow-artifacts/presigned/{{unique}}/a.txt`),
  ),
  sequence(
    'the ajax-api twins answer alike',
    request('PUT', '/ajax-api/2.0/mlflow-artifacts/artifacts/{{unique}}/a.txt', { body: 'a' }),
    request('GET', '/ajax-api/2.0/mlflow-artifacts/artifacts/{{unique}}/a.txt', { see }),
    request('GET', '/ajax-api/2.0/mlflow-artifacts/artifacts?path={{unique}}'),
    request('DELETE', '/ajax-api/2.0/mlflow-artifacts/artifacts/{{unique}}/a.txt'),
    request('POST', '/ajax-api/2.0/mlflow-artifacts/mpu/create/{{unique}}', {
      headers: { 'content-type': 'application/json' },
      body: '{"path":"a.bin","num_parts":1}',
    }),
  ),
];
