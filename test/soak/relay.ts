import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Relay {
  /** Stands in place of the server's. */
  readonly url: string;
  /** Resolves when nothing more is let through. */
  readonly held: Promise<unknown>;
  /** Lets everything through from now on. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

/**
 * A relay before an HTTP server that lets `most` bytes through from its clients and then holds what more they send: an
 * upload is then under way for as long as a test looks at it, however fast the machine.
 */
export async function relayTo(server: string, most: number): Promise<Relay> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  const events = new EventEmitter<{ held: []; released: [] }>();
  const held = once(events, 'held');
  let left = most;
  const listener = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    upstream.pipe(client);
    const hold = (): void => {
      client.unpipe(upstream).pause();
      events.once('released', () => client.pipe(upstream));
    };
    if (left <= 0) hold();
    else client.pipe(upstream);
    client.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left > 0) return;
      events.emit('held');
      hold();
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`,
    held,
    release: () => {
      left = Infinity;
      events.emit('released');
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await once(listener.close(), 'close');
    },
  };
}
