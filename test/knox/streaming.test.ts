import { expect } from 'chai';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answerTo, ask, open } from './support/ask.ts';
import { serve } from './support/backend.ts';
import type { TestBackend } from './support/backend.ts';
import { stack } from './support/hooks.ts';
import { topologyFor } from './support/stack.ts';

const file = '/streams/kirka/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/f';

describe('bodies through Knox', () => {
  let backend: TestBackend;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;

  before(async () => {
    backend = await serve((request, response) => {
      respond(request, response);
    });
    await stack().knox.deploy('streams', topologyFor('sandbox', [backend.url]));
  });
  after(() => backend.close());

  it('come down while the backend is still sending', async () => {
    let sendTheRest = (): void => undefined;
    respond = (_request, response) => {
      response.write('first');
      sendTheRest = () => response.end(', second');
    };
    const call = open({ path: file });
    call.end();
    const answer = await answerTo(call);
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(first.toString()).to.equal('first');
    sendTheRest();
    expect((await buffer(answer)).toString()).to.equal(', second');
  });

  it('go up while the client is still sending', async () => {
    const firstArrived = new Promise<string>((resolve) => {
      respond = (request, response) => {
        request.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
        });
        request.resume().once('end', () => response.end());
      };
    });
    const call = open({ path: file, method: 'PUT', headers: { 'content-type': 'application/octet-stream' } });
    call.write('x'.repeat(64 * 1024));
    expect(await firstArrived).to.match(/^x+$/);
    call.end('the rest');
    expect((await answerTo(call)).statusCode).to.equal(200);
  });

  for (const [name, headers] of [
    ['of a known length', { 'content-length': '1000000' }],
    ['of an unknown length', {}],
  ] as const) {
    it(`${name} fail at the client where the backend breaks off`, async () => {
      respond = (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/octet-stream', ...headers });
        response.write(Buffer.alloc(500_000), () => response.destroy());
      };
      const call = open({ path: file });
      call.end();
      const answer = await answerTo(call);
      const outcome = await buffer(answer).then(
        ({ length }) => `${String(length)} bytes, as if whole`,
        (error: unknown) => (error as NodeJS.ErrnoException).code,
      );
      expect(outcome).to.equal('ECONNRESET');
    });
  }

  it('break off at the backend where the client does', async () => {
    const ended = new Promise<string>((resolve) => {
      respond = (request) => {
        request.resume();
        request.once('end', () => {
          resolve('whole');
        });
        request.once('error', () => {
          resolve('broken off');
        });
      };
    });
    const call = open({ path: file, method: 'PUT', headers: { 'content-length': '1000000' } });
    call.on('error', () => undefined);
    call.write(Buffer.alloc(200_000), () => {
      setTimeout(() => call.destroy(), 500);
    });
    expect(await ended).to.equal('broken off');
  });

  it('keep their length, also where HEAD asks for it alone', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': '12345', 'content-type': 'application/octet-stream' });
      response.end(_request.method === 'HEAD' ? undefined : Buffer.alloc(12345));
    };
    const [got, headed] = [await ask({ path: file }), await ask({ path: file, method: 'HEAD' })];
    expect([got.headers['content-length'], got.body.length]).to.deep.equal(['12345', 12345]);
    expect([headed.headers['content-length'], headed.body.length]).to.deep.equal(['12345', 0]);
  });

  it('stay compressed as the backend sent them', async () => {
    const gzip = Buffer.from('1f8b0800000000000003cb48cdc9c9070086a6103605000000', 'hex');
    respond = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(gzip);
    };
    const { headers, body } = await ask({ path: file });
    expect(headers['content-encoding']).to.equal('gzip');
    expect(body.toString('hex')).to.equal(gzip.toString('hex'));
  });
});
