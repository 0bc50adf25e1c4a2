import { api, createExperiment, createRun, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const seeFile = ['content-disposition', 'x-content-type-options'];
const proxy = '/api/2.0/mlflow-artifacts/artifacts/{{experiment}}/{{run}}/artifacts';
const put = (path: string, body: string | Buffer): Step => request('PUT', `${proxy}/${path}`, { body });
const download = (query: string): Step => request('GET', `/get-artifact?${query}`, { see: seeFile });
const ofRun = (path: string): Step => download(`run_id={{run}}&path=${path}`);
const onRun = (name: string, ...steps: readonly Step[]) => sequence(name, createExperiment(), createRun(), ...steps);

export const root = [
  sequence('health', request('GET', '/health')),
  sequence('version', request('GET', '/version')),
  sequence(
    'the headers that every answer has',
    request('GET', '/version', { see: ['x-content-type-options', 'x-frame-options'] }),
    api.get('/experiments/get', { experiment_id: '0' }, { see: ['x-content-type-options', 'x-frame-options'] }),
    api.get('/experiments/get', { experiment_id: 'x' }, { see: ['x-content-type-options', 'x-frame-options'] }),
  ),
  onRun('a file of a run', put('model/MLmodel', 'flavors: {}\n'), ofRun('model/MLmodel'), ofRun('model%2FMLmodel')),
  onRun(
    'files by their type',
    ...['a.txt', 'a.json', 'a.html', 'a.csv', 'a.yaml', 'a.png', 'a.py', 'a.unknown', 'noext', 'a.md', 'a.xml'].flatMap(
      (name) => [put(name, '{"a": 1}'), ofRun(name)],
    ),
  ),
  onRun('an empty file', put('empty.txt', ''), ofRun('empty.txt')),
  onRun('bytes that are no text', put('bytes.bin', Buffer.from('00ff80fe0a0d', 'hex')), ofRun('bytes.bin')),
  onRun(
    'names with spaces, percent, plus and other scripts',
    ...['a%20b.txt', 'a%2Bb.txt', 'gr%C3%B6%C3%9Fe.txt', '%E6%A8%A1%E5%9E%8B.txt', "it's.txt"].flatMap((name) => [
      put(name, name),
      ofRun(name),
    ]),
  ),
  onRun(
    'files that are not there, folders, no path',
    put('folder/a.txt', 'a'),
    ofRun('none.txt'),
    ofRun('folder'),
    ofRun('folder/none.txt'),
    ofRun(''),
    download('run_id={{run}}'),
  ),
  onRun(
    'paths that lead out',
    ofRun('../a.txt'),
    ofRun('..%2Fa.txt'),
    ofRun('%2e%2e%2fa.txt'),
    ofRun('%252e%252e%252fa.txt'),
    ofRun('a/../../b'),
    ofRun('/etc/passwd'),
    ofRun('%2Fetc%2Fpasswd'),
    ofRun('..%5Ca.txt'),
    ofRun('a%23b'),
    ofRun('file:///etc/passwd'),
  ),
  sequence(
    'runs that are not there',
    download(`run_id=${'f'.repeat(32)}&path=a.txt`),
    download('path=a.txt'),
    download('run_id=&path=a.txt'),
    download(''),
  ),
  onRun('by run_uuid', put('a.txt', 'a'), download('run_uuid={{run}}&path=a.txt')),
  onRun('a file of a deleted run', put('a.txt', 'a'), api.post('/runs/delete', { run_id: '{{run}}' }), ofRun('a.txt')),
];
