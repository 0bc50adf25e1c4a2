import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client that writes what it is told to, byte for byte, and keeps what came. */
export interface Wire {
  readonly socket: Socket;
  readonly seen: () => string;
  /** The status of every answer so far, in order. */
  readonly statuses: () => readonly number[];
  readonly closed: Promise<unknown>;
}

/** Sends the lines of a request's head, with a Host header if none is among them. */
export function dial(port: number, ...lines: readonly string[]): Wire {
  let seen = '';
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => (seen += chunk));
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : ['Host: localhost'];
  socket.write([...lines, ...host, '', ''].join('\r\n'));
  return {
    socket,
    seen: () => seen,
    statuses: () => [...seen.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status)),
    closed: once(socket, 'close'),
  };
}

/** Sends a byte now and then, for as long as the connection stands. */
export async function trickle({ socket, closed }: Wire): Promise<void> {
  const timer = setInterval(() => socket.write('x'), 20);
  await closed;
  clearInterval(timer);
}
