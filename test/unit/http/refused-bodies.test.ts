import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { StreamCall } from '../../../backend/handler.ts';
import { endAnswer } from '../../../backend/http/end-answer.ts';
import type { Patience } from '../../../backend/http/end-answer.ts';
import { dial, trickle } from '../../support/wire.ts';
import { startApp, text, until } from './app-under-test.ts';
import type { AppUnderTest } from './app-under-test.ts';

const create = '/api/2.0/mlflow/experiments/create';
const file = '/api/2.0/mlflow-artifacts/artifacts/f';
const secret = 'a-secret-of-more-than-22-characters';
const proof = [`X-Kirka-Gateway-Secret: ${secret}`, 'X-Kirka-User: sam'];
const large = 100_000_000;

describe('a body that nobody wants', () => {
  describe('at the HTTP edge', () => {
    let app: AppUnderTest;
    let read = 0;
    before(async () => {
      app = await startApp(
        {
          'experiments.create': () => Promise.resolve(text('created')),
          'artifactProxy.upload': async (call: StreamCall) => {
            for await (const chunk of call.body as AsyncIterable<Buffer>) read += chunk.length;
            return text('stored');
          },
        },
        { identity: { mode: 'dispatch', proof: { secret } } },
      );
    });
    after(() => app.close());
    afterEach(() => expect(app.defects).to.deep.equal([]));

    const refusals = [
      [401, `POST ${create} HTTP/1.1`],
      [401, `PUT ${file} HTTP/1.1`],
      [404, 'POST /nope HTTP/1.1', ...proof],
      [405, `PATCH ${create} HTTP/1.1`, ...proof],
      [403, `POST ${create} HTTP/1.1`, ...proof, 'Origin: http://evil.example'],
      [400, `PUT ${file}%zz HTTP/1.1`, ...proof],
    ] as const;

    it('is answered at once, and cut off when it trickles on', async () => {
      await Promise.all(
        refusals.map(async ([status, ...head]) => {
          const wire = dial(app.port, ...head, `Content-Length: ${String(large)}`);
          await until(() => wire.seen().endsWith('}'));
          expect(wire.seen(), head[0]).to.match(/\r\nConnection: close\r\n/);
          await trickle(wire);
          expect(wire.statuses(), head[0]).to.deep.equal([status]);
        }),
      );
    });

    it('is not asked for where its client waits', async () => {
      await Promise.all(
        refusals.map(async ([status, ...head]) => {
          const wire = dial(app.port, ...head, `Content-Length: ${String(large)}`, 'Expect: 100-continue');
          await wire.closed;
          expect(wire.statuses(), head[0]).to.deep.equal([status]);
          expect(wire.seen(), head[0]).to.match(/\r\nConnection: close\r\n/);
        }),
      );
    });

    it('leaves its connection alone where it came with its head', async () => {
      const wire = dial(app.port, 'GET /health HTTP/1.1');
      await until(() => wire.seen().endsWith('root.health'));
      const head = ['POST /nope HTTP/1.1', 'Host: localhost', ...proof, 'Content-Length: 2'];
      wire.socket.write(`${head.join('\r\n')}\r\n\r\n{}`);
      await until(() => wire.seen().endsWith('}'));
      wire.socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      await wire.closed;
      expect(wire.statuses()).to.deep.equal([200, 404, 200]);
    });

    it('is none where it is wanted: its client is told to send it', async () => {
      for (const [path, method, answer] of [
        [create, 'POST', 'created'],
        [file, 'PUT', 'stored'],
      ] as const) {
        read = 0;
        const head = [`${method} ${path} HTTP/1.1`, ...proof, 'Content-Length: 4', 'Expect: 100-continue'];
        const wire = dial(app.port, ...head);
        await until(() => wire.seen().endsWith('\r\n\r\n'));
        expect(wire.seen()).to.equal('HTTP/1.1 100 Continue\r\n\r\n');
        wire.socket.write('body');
        await until(() => wire.seen().endsWith(answer));
        if (method === 'PUT') expect(read).to.equal(4);
        wire.socket.destroy();
      }
    });
  });

  it('ends with its connection when it was wanted, was answered, and then comes for ever', async () => {
    const app = await startApp(
      { 'artifactProxy.upload': () => Promise.resolve(text('enough')) },
      { limits: { maxBodyBytes: 1000, maxHeldBytes: 10_000, bodyTimeout: 200 } },
    );
    const wire = dial(app.port, `PUT ${file} HTTP/1.1`, `Content-Length: ${String(large)}`);
    await until(() => wire.seen().endsWith('enough'));
    await trickle(wire);
    await app.close();
  });

  describe('is read away', () => {
    let server: Server;
    let received: number;
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    async function refusing(patience: Patience): Promise<number> {
      received = 0;
      server = createServer((request, response) => {
        request.on('data', (chunk: Buffer) => (received += chunk.length));
        void endAnswer(response, 401, { 'Content-Length': 2 }, 'no', patience);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }

    it('up to some bytes, however fast it comes', async () => {
      const port = await refusing({ bytes: 100_000, ms: 1_000_000 });
      const wire = dial(port, 'POST / HTTP/1.1', `Content-Length: ${String(large)}`);
      const block = Buffer.alloc(50_000);
      while (!wire.socket.destroyed) {
        wire.socket.write(block);
        await sleep(1);
      }
      expect(received).to.be.greaterThan(100_000).and.lessThan(400_000);
      expect(wire.seen()).to.match(/^HTTP\/1\.1 401 [^]*no$/);
    });

    it('for some time, however slowly it comes', async () => {
      const port = await refusing({ bytes: 1_000_000, ms: 50 });
      await trickle(dial(port, 'POST / HTTP/1.1', `Content-Length: ${String(large)}`));
      expect(received).to.be.lessThan(1_000_000);
    });

    it('until it is whole, and then the connection closes', async () => {
      const port = await refusing({ bytes: 1_000_000, ms: 1_000_000 });
      const wire = dial(port, 'POST / HTTP/1.1', 'Content-Length: 4');
      await until(() => wire.seen().endsWith('no'));
      wire.socket.write('body');
      await wire.closed;
      expect(received).to.equal(4);
    });
  });
});
