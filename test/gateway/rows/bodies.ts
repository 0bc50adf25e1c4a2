import { row } from '../row.ts';
import type { Row } from '../row.ts';

const logMetric = '/api/2.0/mlflow/runs/log-metric';
const files = '/api/2.0/mlflow-artifacts/artifacts';

/** A body that must arrive byte for byte. */
function arrives(name: string, type: string, body: string | Buffer, target = logMetric, method = 'POST'): Row {
  return row(name, {
    request: { method, target: `/kirka${target}`, headers: [['Content-Type', type]], body },
    sees: { method, path: target, body, headers: { 'content-type': type } },
  });
}

/** An artifact that must come down byte for byte. */
function comesDown(name: string, type: string, body: string | Buffer): Row {
  const target = `${files}/0/r/artifacts/${name}`;
  return row(`${name} down`, {
    request: { target: `/kirka${target}` },
    sees: { method: 'GET', path: target },
    backend: { status: 200, headers: { 'content-type': type }, body },
    receives: { status: 200, body },
  });
}

const anyBytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));

/** Knox parses JSON, XML and HTML and writes them anew unless the raw filter stands on the route. */
export const bodyRows: readonly Row[] = [
  arrives('a bare NaN', 'application/json', '{"key":"loss","value":NaN,"timestamp":1,"step":0}'),
  arrives('bare infinities', 'application/json', '{"values":[Infinity,-Infinity]}'),
  arrives('NaN and infinities as strings', 'application/json', '{"values":["NaN","Infinity","-Infinity"]}'),
  arrives('numbers beyond double', 'application/json', '{"step":9007199254740993,"value":1e400,"tiny":5e-324}'),
  arrives(
    'spaces, escapes and spellings of numbers',
    'application/json',
    '{ "a" :\t1.0 ,\n"b":-0.0,"c":"\\u0141\\/" }',
  ),
  arrives('two JSON texts in one body', 'application/json', '{"a":1}{"b":2}\n'),
  arrives('no JSON under a JSON type', 'application/json', '{"truncated":'),
  arrives('a JSON body in UTF-8 with a charset', 'application/json; charset=UTF-8', '{"name":"żółć 🙂"}'),
  arrives('m.json up', 'application/json', '{ "v": NaN }\n', `${files}/0/r/artifacts/m.json`, 'PUT'),
  arrives('page.html up', 'text/html', '<a href=x>&nbsp;<br></A>', `${files}/0/r/artifacts/page.html`, 'PUT'),
  arrives('data.xml up', 'text/xml', `<a b='c'/>`, `${files}/0/r/artifacts/data.xml`, 'PUT'),
  arrives('any bytes up', 'application/octet-stream', anyBytes, `${files}/0/r/artifacts/model.bin`, 'PUT'),
  arrives('an empty file up', 'application/octet-stream', '', `${files}/0/r/artifacts/empty`, 'PUT'),
  comesDown('m.json', 'application/json', '{ "v": NaN }\n'),
  comesDown('page.html', 'text/html', '<a href=x>&nbsp;<br></A>'),
  comesDown('data.xml', 'text/xml', `<a b='c'/>`),
  comesDown('not.xml', 'text/xml', 'no xml at all <'),
  comesDown('model.bin', 'application/octet-stream', anyBytes),
  row('DELETE with a JSON body', {
    request: {
      method: 'DELETE',
      target: `/kirka${files}/0/r/artifacts/a`,
      headers: [['Content-Type', 'application/json']],
      body: '{"name": "m"}',
    },
    sees: { method: 'DELETE', path: `${files}/0/r/artifacts/a`, body: '{"name": "m"}' },
  }),
  row('DELETE with a JSON body of unsaid length', {
    request: {
      method: 'DELETE',
      target: `/kirka${files}/0/r/artifacts/a`,
      headers: [['Content-Type', 'application/json']],
      body: '{"name": "m"}',
      chunked: true,
    },
    sees: { method: 'DELETE', path: `${files}/0/r/artifacts/a`, body: '{"name": "m"}' },
  }),
  row('DELETE without a body', {
    request: { method: 'DELETE', target: `/kirka${files}/0/r/artifacts/a` },
    sees: { method: 'DELETE', path: `${files}/0/r/artifacts/a` },
  }),
  row('a chunked upload', {
    request: { method: 'PUT', target: `/kirka${files}/0/r/artifacts/c`, body: 'chunk', chunked: true },
    sees: { method: 'PUT', path: `${files}/0/r/artifacts/c`, body: 'chunk' },
  }),
  row('a form-typed body is decoded and encoded again', {
    request: {
      method: 'POST',
      target: `/kirka${logMetric}`,
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: 'b=%7e%20x&a=1&c&a=2&user.name=eve&doAs=eve&=v',
    },
    sees: {
      method: 'POST',
      path: logMetric,
      body: 'b=%7E+x&a=1&a=2&c&user.name=eve&doAs=eve&%3Dv',
    },
  }),
];
