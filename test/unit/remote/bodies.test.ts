import { expect } from 'chai';
import { once as event } from 'node:events';
import type { ServerResponse } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { openRemote, RemoteUnavailable } from '../../../backend/remote/index.ts';
import type { Remote, RemoteLimits, RemoteOptions } from '../../../backend/remote/index.ts';
import { closeServers, deadAddress, echo, serve, serveRaw } from './servers.ts';

const get = { method: 'GET', path: '/x' } as const;
const once = { repeatable: false };
const MiB = 1024 * 1024;

describe('Remote: bodies and sockets', () => {
  const open: Remote[] = [];
  const remote = (
    addresses: readonly string[],
    limits: Partial<RemoteLimits> = {},
    onAvailability: RemoteOptions['onAvailability'] = () => undefined,
  ): Remote => {
    const made = openRemote({ name: 'Test', addresses, limits: { total: 500, ...limits }, onAvailability });
    open.push(made);
    return made;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    await closeServers();
  });

  it('keeps to its cap of sockets, and keeps them', async () => {
    let together = 0;
    let most = 0;
    const server = await serve((_, response) => {
      most = Math.max(most, ++together);
      setImmediate(() => {
        together -= 1;
        response.end('x');
      });
    });
    const made = remote([server.address], { maxSockets: 8 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => made.send(get, once)));
    expect(answers).to.have.length(50);
    expect(most).to.be.at.most(8);
    expect(server.connections()).to.be.at.most(8);
    await made.send(get, once);
    expect(server.connections()).to.be.at.most(8);
  });

  it('does not wait for a free socket for ever, nor hold it against the server', async () => {
    const held: ServerResponse[] = [];
    const server = await serve((_, response) => void held.push(response));
    const changes: boolean[] = [];
    const limits = { maxSockets: 1, queue: 30, failures: 1, total: 0 };
    const made = remote([server.address], limits, (_, available) => changes.push(available));
    const first = made.send(get, once);
    await until(() => held.length === 1);
    const error = await made.send(get, once).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RemoteUnavailable).and.to.include({ unsent: true });
    expect(changes).to.deep.equal([]);
    held[0]?.end('x');
    await first;
    const third = made.send(get, once);
    await until(() => held.length === 2);
    held[1]?.end('y');
    expect((await third).body.toString()).to.equal('y');
  });

  it('takes 304 and HEAD with a length and no body for what they are', async () => {
    const server = await serveRaw((socket) =>
      socket.on('data', () => socket.write('HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n')),
    );
    const made = remote([server.address], { maxAnswer: 10, maxSockets: 1 });
    for (let i = 0; i < 3; i++) {
      const { status, body } = await made.send({ ...get, method: i === 1 ? 'HEAD' : 'PUT' }, once);
      expect([status, body.length]).to.deep.equal([304, 0]);
    }
    expect(server.connections()).to.equal(1);
  });

  it('sends a stream without anything in it, also one that has ended before the connection stands', async () => {
    const server = await serve(echo);
    const made = remote([server.address]);
    const ended = new PassThrough();
    ended.resume().end();
    await event(ended, 'close');
    for (const body of [Readable.from([]), new PassThrough().end(), ended]) {
      expect((await made.send({ method: 'PUT', path: '/x', body }, once)).body.toString()).to.equal('');
    }
  });

  it('refuses to hold an answer that is too large', async () => {
    const long = await serve((_, response) => response.end(Buffer.alloc(2000)));
    const chunked = await serve((_, response) => {
      response.write(Buffer.alloc(1000));
      response.end(Buffer.alloc(1000));
    });
    for (const server of [long, chunked]) {
      const made = remote([server.address], { maxAnswer: 1999, failures: 1 });
      const error = await made.send(get, { repeatable: true }).catch((reason: unknown) => reason);
      expect(String(error)).to.contain('more than 1999 bytes');
      expect(server.asked).to.have.length(1);
      expect(
        (await (await made.stream(get, once)).body.toArray()).reduce((sum, { length }) => sum + length, 0),
      ).to.equal(2000);
    }
  });

  it('streams an answer no faster than it is read', async () => {
    let written = 0;
    const server = await serve((_, response) => {
      const chunk = Buffer.alloc(MiB);
      const more = (): void => {
        while (written < 64) {
          written += 1;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    // A reader who rests for longer than the idle limit has not lost the answer.
    const { body } = await remote([server.address], { idle: 90 }).stream(get, once);
    const reader = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let read = ((await reader.next()).value as Buffer).length;
    let last = -1;
    while (written !== last) {
      last = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).to.be.below(32);
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) read += next.value.length;
    expect(read).to.equal(64 * MiB);
  });

  it('streams a request no faster than it is taken, and does not call that idle while bytes move', async () => {
    let taken = 0;
    const server = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => {
        taken += chunk.length;
        request.pause();
        setTimeout(() => request.resume(), 4);
      });
      request.on('end', () => response.end(String(taken)));
    });
    let made = 0;
    let ahead = 0;
    const source = Readable.from(
      (function* () {
        for (; made < 24 * MiB; made += 65536) {
          ahead = Math.max(ahead, made - taken);
          yield Buffer.alloc(65536);
        }
      })(),
    );
    const upload = { method: 'PUT', path: '/x', body: source } as const;
    const answer = await remote([server.address], { idle: 1000 }).send(upload, once);
    expect(answer.body.toString()).to.equal(String(24 * MiB));
    expect(ahead).to.be.below(16 * MiB);
  });

  it('leaves a body untouched where no connection was made, and sends it to the next address', async () => {
    const server = await serve(echo);
    const body = Readable.from([Buffer.from('a'), Buffer.from('b')]);
    const answer = await remote([await deadAddress(), server.address]).send({ method: 'PUT', path: '/x', body }, once);
    expect(answer.body.toString()).to.equal('ab');
  });

  it('does not send a body twice once it has begun, even where the caller calls it repeatable', async () => {
    const broken = await serve((request) => request.once('data', () => request.socket.destroy()));
    const server = await serve(echo);
    const body = Readable.from([Buffer.from('a'), Buffer.from('b')]);
    const upload = { method: 'PUT', path: '/x', body } as const;
    const error = await remote([broken.address, server.address])
      .send(upload, { repeatable: true })
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RemoteUnavailable).and.to.include({ unsent: false });
    expect(server.asked).to.be.empty;
  });

  it('gives the answer that refuses an upload before its end, and leaves the body', async () => {
    const server = await serve((_, response) => response.writeHead(403).end('no'));
    const body = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65536);
      })(),
    );
    const made = remote([server.address], { maxSockets: 1, queue: 2000 });
    const answer = await made.send({ method: 'PUT', path: '/x', body }, once);
    expect([answer.status, answer.body.toString(), body.destroyed]).to.deep.equal([403, 'no', false]);
    expect((await made.send(get, once)).status).to.equal(403);
  });

  it('fails with the error of a body that fails or ends early, and cuts the request', async () => {
    const closed: boolean[] = [];
    const server = await serve((request) => void request.on('close', () => closed.push(request.complete)));
    const made = remote([server.address]);
    for (const reason of [new Error('disk'), undefined]) {
      const body = new Readable({ read: () => undefined });
      body.push('a');
      const pending = made.send({ method: 'PUT', path: '/x', body }, once).catch((error: unknown) => error);
      await until(() => server.asked.length > closed.length);
      body.destroy(reason);
      expect(await pending)
        .to.be.instanceOf(Error)
        .and.not.instanceOf(RemoteUnavailable);
      await until(() => closed.length === server.asked.length);
    }
    expect(closed).to.deep.equal([false, false]);
  });

  it('ends with the reason of its signal, before and during the answer', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/slow') response.write('a');
    });
    const made = remote([server.address], { failures: 1 });
    const stop = new Error('stop');
    for (const path of ['/x', '/slow']) {
      const controller = new AbortController();
      const pending = made.send({ method: 'GET', path, signal: controller.signal }, { repeatable: true });
      const outcome = pending.catch((reason: unknown) => reason);
      await until(() => server.asked.includes(`GET ${path}`));
      controller.abort(stop);
      expect(await outcome).to.equal(stop);
    }
    const streaming = new AbortController();
    const { body } = await made.stream({ method: 'GET', path: '/slow', signal: streaming.signal }, once);
    streaming.abort(stop);
    const [error] = await event(body, 'error');
    expect(error).to.equal(stop);
    const early = await made.send({ ...get, signal: AbortSignal.abort(stop) }, once).catch((reason: unknown) => reason);
    expect(early).to.equal(stop);
    expect(server.asked).to.have.length(3);
  });

  it('ends an answer that stalls', async () => {
    const server = await serve((_, response) => void response.write('a'));
    const { body } = await remote([server.address], { idle: 50 }).stream(get, once);
    expect(String(await body.toArray().catch((reason: unknown) => reason))).to.contain(
      'no more of the answer within 0.05 s',
    );
  });

  it('ends a request that is not taken', async () => {
    const server = await serveRaw((socket) => socket.pause());
    const body = Buffer.alloc(32 * MiB);
    const error = await remote([server.address], { idle: 100 })
      .send({ method: 'PUT', path: '/x', body }, once)
      .catch(String);
    expect(error).to.contain('the request was not taken');
  });
});
