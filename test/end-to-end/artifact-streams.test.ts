import { once } from 'node:events';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { randomSource, sha256Of } from '../contract/artifact-store/helpers.ts';
import { anonymousMemory, watchMemory } from '../support/memory.ts';
import { filesBelow, openFiles, startBackendProcess, temporaryData } from './backend-process.ts';
import type { BackendProcess } from './backend-process.ts';

const megabyte = 1024 * 1024;
const folder = '/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts';

describe('artifact streams through a backend process', function () {
  this.timeout(60_000);
  let data: Awaited<ReturnType<typeof temporaryData>>;
  let backend: BackendProcess;

  before(async () => {
    data = await temporaryData();
    backend = await startBackendProcess(data.path);
  });

  afterEach(async () => {
    const removal = request(`${backend.url}/api/2.0/mlflow-artifacts/artifacts/0`, { method: 'DELETE' }).end();
    (await answerTo(removal)).resume();
  });

  after(async () => {
    await backend.stop('SIGKILL');
    await data.dispose();
  });

  const artifacts = (): Promise<readonly string[]> => filesBelow(join(data.path, 'artifacts'));

  function ask(method: string, name: string, options: RequestOptions = {}): ClientRequest {
    return request(`${backend.url}${folder}/${name}`, { method, ...options });
  }

  async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return answer;
  }

  async function send(name: string, source: Readable, options: RequestOptions = {}): Promise<IncomingMessage> {
    const upload = ask('PUT', name, options);
    const [answer] = await Promise.all([answerTo(upload), pipeline(source, upload)]);
    answer.resume();
    return answer;
  }

  async function fetchFile(name: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    const download = ask('GET', name, options);
    download.end();
    return answerTo(download);
  }

  async function until(condition: () => Promise<boolean>): Promise<void> {
    for (let waited = 0; waited < 200; waited++) {
      if (await condition()) return;
      await delay(25);
    }
    throw new Error('It did not come about within 5 s.');
  }

  /** An upload that has sent 1 MB and stands still, once the backend has some of it. */
  async function stalledUpload(name: string): Promise<ClientRequest> {
    const upload = ask('PUT', name, { headers: { 'content-length': String(10 * megabyte) } });
    upload.on('error', () => undefined);
    upload.write(Buffer.alloc(megabyte, 1));
    await until(async () => (await artifacts()).length === 1);
    expect((await artifacts())[0]).to.match(/^\.kirka-staging\//);
    return upload;
  }

  it('takes and gives 96 MB with flat memory, byte for byte', async function () {
    if (process.platform !== 'linux') this.skip();
    // The first bytes warm up buffers and compiled code that stay.
    await send('warm', randomSource(16 * megabyte).source);
    await sha256Of(await fetchFile('warm'));
    const memory = await watchMemory(backend.pid);
    const { source, sha256 } = randomSource(96 * megabyte);
    expect((await send('large', source)).statusCode).to.equal(200);
    const received = await sha256Of(await fetchFile('large'));
    const { before, peak } = await memory.end();
    expect(received).to.equal(sha256());
    expect((peak - before) / megabyte).to.be.below(32);
  });

  it('reads no further than a client that stands still takes', async function () {
    if (process.platform !== 'linux') this.skip();
    await send('large', randomSource(64 * megabyte).source);
    const before = await anonymousMemory(backend.pid);
    const slow = await Promise.all(Array.from({ length: 4 }, () => fetchFile('large')));
    await delay(500);
    expect(((await anonymousMemory(backend.pid)) - before) / megabyte).to.be.below(16);
    for (const answer of slow) answer.destroy();
  });

  it('takes chunks without a length, no bytes at all, and asks for bytes that wait', async () => {
    const chunked = await send('chunked', randomSource(3 * megabyte).source);
    expect(chunked.statusCode).to.equal(200);
    const empty = ask('PUT', 'empty', { headers: { 'content-length': '0' } });
    empty.end();
    expect((await answerTo(empty)).statusCode).to.equal(200);
    const patient = ask('PUT', 'patient', { headers: { 'content-length': '4', expect: '100-continue' } });
    patient.flushHeaders();
    await once(patient, 'continue');
    patient.end('late');
    expect((await answerTo(patient)).statusCode).to.equal(200);
    expect((await fetchFile('chunked')).headers['content-length']).to.equal(String(3 * megabyte));
    expect(await text(await fetchFile('empty'))).to.equal('');
    expect(await text(await fetchFile('patient'))).to.equal('late');
  });

  it('leaves nothing of an upload whose client goes away, and goes on serving', async () => {
    const upload = await stalledUpload('gone');
    upload.destroy();
    await until(async () => (await artifacts()).length === 0);
    expect((await fetchFile('gone')).statusCode).to.equal(404);
    const list = request(`${backend.url}/api/2.0/mlflow-artifacts/artifacts`).end();
    expect(await text(await answerTo(list))).to.equal('{}');
  });

  it('leaves nothing of an upload after kill -9 and a restart', async () => {
    await stalledUpload('killed');
    await send('kept', randomSource(1000).source);
    await backend.stop('SIGKILL');
    expect(await artifacts()).to.have.length(2);
    backend = await startBackendProcess(data.path);
    await until(async () => (await artifacts()).length === 1);
    expect(await artifacts()).to.deep.equal(['0/run/artifacts/kept']);
    expect((await fetchFile('killed')).statusCode).to.equal(404);
  });

  it('leaves the uploads of a running process alone when another one starts on its data', async () => {
    const upload = await stalledUpload('mine');
    const second = await startBackendProcess(data.path);
    await second.stop('SIGTERM');
    upload.end(Buffer.alloc(9 * megabyte, 1));
    expect((await answerTo(upload)).statusCode).to.equal(200);
    expect(await artifacts()).to.deep.equal(['0/run/artifacts/mine']);
  });

  it('says why it refuses an upload to a client that sends all of it first, and keeps the connection', async () => {
    await send('file', randomSource(10).source);
    const { hostname, port } = new URL(backend.url);
    const socket = connect(Number(port), hostname);
    const head = (method: string, name: string, length: number): string =>
      `${method} ${folder}/${name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${String(length)}\r\n\r\n`;
    socket.write(head('PUT', 'file/below', 20 * megabyte));
    await new Promise((resolve) => socket.write(Buffer.alloc(20 * megabyte), resolve));
    socket.write(head('HEAD', 'file', 0));
    let received = '';
    for await (const chunk of socket) {
      received += String(chunk);
      if (received.includes('HTTP/1.1 200')) break;
    }
    expect(received).to.match(/^HTTP\/1\.1 400 /);
    expect(received).to.include('Artifact path leads through a file');
  });

  it('lets go of a file whose client goes away', async function () {
    if (process.platform !== 'linux') this.skip();
    await send('large', randomSource(32 * megabyte).source);
    const held = (): Promise<number> => openFiles(backend.pid, join('artifacts', 'large'));
    const downloads = await Promise.all([1, 2, 3].map(() => fetchFile('large')));
    expect(await held()).to.equal(3);
    for (const download of downloads) download.destroy();
    await until(async () => (await held()) === 0);
    await fetchFile('large', { method: 'HEAD' });
    await until(async () => (await held()) === 0);
  });
});
