import type { Socket } from 'node:net';
import { Refusal } from './refusal.ts';

/** Requests of one connection that may wait for those before them: no client of MLflow's sends the next one unanswered. */
const mostWaiting = 16;

interface Connection {
  last: Promise<unknown>;
  waiting: number;
  refused: boolean;
}

/** Has the requests of a connection looked at one after the other, for a client may send them all at once. */
export interface Turns {
  /**
   * Does `work` when that of the requests before has been done. Where one of them was refused for good, nothing
   * is done: there will be no answer.
   * @returns undefined where nothing was done, or `crowded` at once where too many wait
   */
  readonly take: <T>(socket: Socket, work: () => Promise<T>) => Promise<T | 'crowded' | undefined>;
}

export function createTurns(): Turns {
  const connections = new WeakMap<Socket, Connection>();
  return {
    take: async (socket, work) => {
      const connection = connections.get(socket) ?? { last: Promise.resolve(), waiting: 0, refused: false };
      connections.set(socket, connection);
      if (connection.waiting >= mostWaiting) return 'crowded';
      connection.waiting++;
      const turn = connection.last.then(() => (connection.refused || socket.destroyed ? undefined : work()));
      connection.last = turn.catch((error: unknown) => {
        connection.refused ||= error instanceof Refusal && error.closes;
      });
      try {
        return await turn;
      } finally {
        connection.waiting--;
      }
    },
  };
}
