import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import type { ArtifactStore } from '../../backend/artifacts/contract.ts';
import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import type { Stores } from '../../backend/open-stores.ts';
import { startBackend, StoresStuck } from '../../backend/server.ts';
import type { Backend } from '../../backend/server.ts';
import { StoreUnavailable } from '../../backend/stores/contract/index.ts';
import type { Store } from '../../backend/stores/contract/index.ts';
import { failureOf } from '../contract/artifact-store/helpers.ts';

describe('the start and the end of a backend', () => {
  const events: string[] = [];
  const running: Backend[] = [];
  let check: () => Promise<string>;
  let closeStore: () => Promise<void>;

  const start = async (port: number, shutdownTimeout = '10'): Promise<Backend> => {
    const stores: Stores = {
      store: { check: () => check() } as unknown as Store,
      artifacts: { check: () => Promise.resolve('files') } as unknown as ArtifactStore,
      close: () => {
        events.push('stores closed');
        return closeStore();
      },
    };
    const config = buildConfig(readSettings({ port: String(port), data: '/nowhere', shutdownTimeout }, {}));
    const log = pino({}, { write: (line: string) => void events.push((JSON.parse(line) as { msg: string }).msg) });
    const backend = await startBackend(config, log, () => Promise.resolve(stores));
    running.push(backend);
    return backend;
  };

  /** A port on which nobody listened a moment ago. */
  const freePort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  /** Whether anybody listens. */
  const listens = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).once('error', () => {
        resolve(false);
      });
    });

  beforeEach(() => {
    events.length = 0;
    check = () => Promise.resolve('a store');
    closeStore = () => Promise.resolve();
  });
  // What should not have started must not keep the test from ending.
  afterEach(() => Promise.allSettled(running.splice(0).map((backend) => backend.close())));

  it('looks whether the store answers before it listens', async () => {
    const port = await freePort();
    check = async () => {
      events.push((await listens(port)) ? 'listened' : 'checked');
      return 'a store';
    };
    const backend = await start(port);
    expect(events).to.deep.equal(['checked', 'listening']);
    await backend.close();
    expect(events.slice(2)).to.deep.equal(['stores closed', 'stopped']);
  });

  it('leaves nothing behind where the store does not answer', async () => {
    const port = await freePort();
    const reason = new StoreUnavailable('no');
    check = () => Promise.reject(reason);
    expect(await failureOf(start(port))).to.equal(reason);
    expect([await listens(port), events]).to.deep.equal([false, ['stores closed']]);
  });

  it('closes the stores where the address cannot be had', async () => {
    const first = await start(0);
    expect(await failureOf(start(Number(new URL(first.url).port)))).to.have.property('code', 'EADDRINUSE');
    expect(events).to.deep.equal(['listening', 'stores closed']);
    await first.close();
  });

  it('does not wait for ever for stores that do not close', async () => {
    const backend = await start(0, '0.05');
    closeStore = () => new Promise(() => undefined);
    expect(await failureOf(backend.close())).to.be.instanceOf(StoresStuck);
  });

  it('says that it is ready until it is told to stop, and then that it is not, on connections that are open', async () => {
    const backend = await start(0);
    expect(await (await fetch(`${backend.url}/ready`)).text()).to.equal('OK');
    const socket = connect(Number(new URL(backend.url).port), '127.0.0.1').setEncoding('latin1');
    let answers = '';
    socket.on('data', (chunk: string) => (answers += chunk));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const begun = new Promise((resolve) => socket.once('data', resolve));
    const headers = 'Host: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n';
    socket.write(`POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\n${headers}`);
    await begun;
    const closed = backend.close();
    socket.write('{}GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    await ended;
    await closed;
    expect(answers.match(/HTTP\/1\.1 \d+|NOT READY/g)).to.deep.equal([
      ...['HTTP/1.1 100', 'HTTP/1.1 400', 'HTTP/1.1 503', 'NOT READY'],
    ]);
  });
});
