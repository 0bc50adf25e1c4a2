import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { StreamCall } from '../../../backend/handler.ts';
import { endAnswer } from '../../../backend/http/end-answer.ts';
import type { Patience } from '../../../backend/http/end-answer.ts';
import { startApp, text, until } from './app-under-test.ts';
import type { AppUnderTest } from './app-under-test.ts';

const create = '/api/2.0/mlflow/experiments/create';
const file = '/api/2.0/mlflow-artifacts/artifacts/f';
const secret = 'a-secret-of-more-than-22-characters';
const proof = `X-Kirka-Gateway-Secret: ${secret}\r\nX-Kirka-User: sam`;
const large = 100_000_000;

/** A client that writes what it is told to, and keeps what came. */
interface Wire {
  readonly socket: Socket;
  readonly seen: () => string;
  readonly closed: Promise<unknown>;
}

function dial(port: number, head: string): Wire {
  let seen = '';
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => (seen += chunk));
  socket.write(`${head}\r\nHost: localhost\r\n\r\n`);
  return { socket, seen: () => seen, closed: once(socket, 'close') };
}

/** Sends a byte now and then, for as long as the connection stands. */
async function trickle({ socket, closed }: Wire): Promise<void> {
  const timer = setInterval(() => socket.write('x'), 20);
  await closed;
  clearInterval(timer);
}

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
      ['a caller without proof', `POST ${create} HTTP/1.1`, 401],
      ['a caller without proof that uploads', `PUT ${file} HTTP/1.1`, 401],
      ['a path that is not served', `POST /nope HTTP/1.1\r\n${proof}`, 404],
      ['a method that is not served', `PATCH ${create} HTTP/1.1\r\n${proof}`, 405],
      ['a foreign page', `POST ${create} HTTP/1.1\r\n${proof}\r\nOrigin: http://evil.example`, 403],
      ['a path that cannot be decoded', `PUT ${file}%zz HTTP/1.1\r\n${proof}`, 400],
    ] as const;

    it('is answered at once, and cut off when it trickles on', async () => {
      await Promise.all(
        refusals.map(async ([what, head, status]) => {
          const wire = dial(app.port, `${head}\r\nContent-Length: ${String(large)}`);
          await until(() => wire.seen().endsWith('}'));
          expect(wire.seen(), what).to.match(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
          expect(wire.seen(), what).to.match(/\r\nConnection: close\r\n/);
          await trickle(wire);
          expect(wire.seen().match(/HTTP\/1\.1/g), what).to.have.length(1);
        }),
      );
    });

    it('is not asked for where its client waits', async () => {
      await Promise.all(
        refusals.map(async ([what, head, status]) => {
          const wire = dial(app.port, `${head}\r\nContent-Length: ${String(large)}\r\nExpect: 100-continue`);
          await wire.closed;
          expect(wire.seen(), what).to.match(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
          expect(wire.seen(), what).to.match(/\r\nConnection: close\r\n/);
        }),
      );
    });

    it('leaves its connection alone where it came with its head', async () => {
      const wire = dial(app.port, 'GET /health HTTP/1.1');
      await until(() => wire.seen().endsWith('root.health'));
      wire.socket.write(`POST /nope HTTP/1.1\r\nHost: localhost\r\n${proof}\r\nContent-Length: 2\r\n\r\n{}`);
      await until(() => wire.seen().endsWith('}'));
      wire.socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      await wire.closed;
      expect(wire.seen().match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
    });

    it('is none where it is wanted: its client is told to send it', async () => {
      for (const [path, method, answer] of [
        [create, 'POST', 'created'],
        [file, 'PUT', 'stored'],
      ] as const) {
        read = 0;
        const wire = dial(
          app.port,
          `${method} ${path} HTTP/1.1\r\n${proof}\r\nContent-Length: 4\r\nExpect: 100-continue`,
        );
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
      { limits: { maxBodyBytes: 1000, bodyTimeout: 200 } },
    );
    const wire = dial(app.port, `PUT ${file} HTTP/1.1\r\nContent-Length: ${String(large)}`);
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
      const wire = dial(port, `POST / HTTP/1.1\r\nContent-Length: ${String(large)}`);
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
      await trickle(dial(port, `POST / HTTP/1.1\r\nContent-Length: ${String(large)}`));
      expect(received).to.be.lessThan(1_000_000);
    });

    it('until it is whole, and then the connection closes', async () => {
      const port = await refusing({ bytes: 1_000_000, ms: 1_000_000 });
      const wire = dial(port, 'POST / HTTP/1.1\r\nContent-Length: 4');
      await until(() => wire.seen().endsWith('no'));
      wire.socket.write('body');
      await wire.closed;
      expect(received).to.equal(4);
    });
  });
});
