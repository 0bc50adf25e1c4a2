import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { listen } from '../../../backend/http/listen.ts';
import type { Listener } from '../../../backend/http/listen.ts';
import { until } from './app-under-test.ts';

const listening = { host: '127.0.0.1', port: 0, tls: undefined, bodyTimeout: 5000, idleTimeout: 30_000 };

describe('a server that closes', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  after(() => {
    agent.destroy();
  });

  const serve = (handle: RequestListener, shutdownTimeout = 5000): Promise<Listener> =>
    listen(handle, { ...listening, shutdownTimeout });

  const get = async (url: string): Promise<IncomingMessage> => {
    const [response] = (await once(request(url, { agent }).end(), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response;
  };

  it('answers what comes next on a connection, as the last there, and takes no new one', async () => {
    const listener = await serve((_request, response) => void response.end('OK'));
    expect((await get(listener.url)).headers.connection).to.equal('keep-alive');
    const closed = listener.close();
    expect((await get(listener.url)).headers.connection).to.equal('close');
    expect(await get(listener.url).catch((error: unknown) => (error as NodeJS.ErrnoException).code)).to.equal(
      'ECONNREFUSED',
    );
    await closed;
  });

  it('waits for the answer to a request that is under way', async () => {
    let answer: (() => void) | undefined;
    const listener = await serve((_request, response) => void (answer = () => response.end('OK')));
    const answered = get(listener.url);
    await until(() => answer !== undefined);
    const closed = listener.close();
    answer?.();
    expect((await answered).statusCode).to.equal(200);
    await closed;
  });

  it('waits for no connection that is idle, and for none that never ends its request', async () => {
    const listener = await serve((_request, response) => void response.end('OK'), 500);
    await get(listener.url);
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1').on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x');
    await once(socket, 'connect');
    await Promise.all([listener.close(), once(socket, 'close')]);
  });
});
