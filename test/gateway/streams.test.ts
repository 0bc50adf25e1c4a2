import { createServer, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startTestGateway } from './start-gateway.ts';

type Gateway = Awaited<ReturnType<typeof startTestGateway>>;

const file = '/gateway/sandbox/kirka/api/2.0/mlflow-artifacts/artifacts/f';
const authorization = `Basic ${Buffer.from('guest:guest-password').toString('base64')}`;
const chunk = Buffer.alloc(64 * 1024, 'x');

describe('streams through the local gateway', () => {
  let gateway: Gateway;
  let server: Server | undefined;

  async function behind(listener: RequestListener, changes = {}): Promise<void> {
    server = createServer(listener);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    gateway = await startTestGateway(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, changes);
  }

  const open = (method: string): ClientRequest =>
    httpRequest(gateway.url + file, { method, agent: false, headers: { authorization } });

  afterEach(async () => {
    await gateway.close();
    server?.closeAllConnections();
    server?.close();
  });

  it('passes on what was sent so far, in both directions', async () => {
    await behind((request, response) => {
      request.once('data', (first: Buffer) => {
        response.write(first);
        request.on('end', () => response.end('end')).resume();
      });
    });
    const upload = open('PUT');
    upload.write('first');
    const [answer] = (await once(upload, 'response')) as [IncomingMessage];
    answer.setEncoding('utf8');
    expect(((await once(answer, 'data')) as [string])[0]).to.equal('first');
    upload.end('last');
    expect(((await once(answer, 'data')) as [string])[0]).to.equal('end');
  });

  it('does not read an answer faster than its client', async () => {
    let written = 0;
    await behind((_request, response) => {
      const fill = (): void => {
        while (written < 256 * 1024 * 1024) {
          written += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', fill);
            return;
          }
        }
      };
      fill();
    });
    const download = open('GET').end();
    const [answer] = (await once(download, 'response')) as [IncomingMessage];
    answer.pause();
    await sleep(300);
    expect(written).to.be.lessThan(32 * 1024 * 1024);
    download.destroy();
  });

  it('lets the backend go when the client of a download is gone', async () => {
    const gone = new Promise((resolve) => {
      void behind((_request, response) => {
        response.on('close', resolve);
        response.write(chunk);
      }).then(async () => {
        const download = open('GET').end();
        download.on('error', () => undefined);
        await once(download, 'response');
        download.destroy();
      });
    });
    await gone;
  });

  it('lets the backend know that an upload was cut off', async () => {
    const cut = new Promise((resolve) => {
      void behind((request) => {
        request.on('error', () => undefined);
        request.resume().on('close', () => {
          resolve(request.complete);
        });
      }).then(async () => {
        const upload = open('PUT');
        upload.on('error', () => undefined);
        upload.write(chunk);
        await sleep(100);
        upload.destroy();
      });
    });
    expect(await cut, 'complete').to.equal(false);
  });

  it('cuts an answer off that the backend cut off', async () => {
    await behind((_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('half', () => response.destroy());
    });
    const [answer] = (await once(open('GET').end(), 'response')) as [IncomingMessage];
    await new Promise((resolve) => {
      answer
        .on('error', () => undefined)
        .on('close', resolve)
        .resume();
    });
    expect(answer.complete).to.equal(false);
  });

  it('says that the backend is down, or silent for too long', async () => {
    const status = async (): Promise<unknown> => {
      const response = await fetch(gateway.url + file, { headers: { authorization } });
      return [response.status, await response.text()];
    };
    await behind(() => undefined, { timeout: 200 });
    expect(await status()).to.deep.equal([500, 'The backend does not answer: ECONNRESET.\n']);
    server?.closeAllConnections();
    server?.close();
    expect(await status()).to.deep.equal([500, 'The backend does not answer: ECONNREFUSED.\n']);
  });
});
