import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Watch } from './watch.ts';

/**
 * The body of an answer with a time limit between its pieces, which does not run while the reader is the slow one. It
 * ends with an error if it is cut; destroyed before its end it takes the connection with it.
 * @param failure makes the error of a reason
 */
export function flowingBody(incoming: IncomingMessage, idle: number, failure: (reason: string) => Error): Readable {
  const watch = new Watch((what) => body.destroy(failure(what)));
  let ended = false;
  const body = new Readable({
    read() {
      if (ended) return;
      watch.set(idle, 'no more of the answer');
      incoming.resume();
    },
    destroy(error, done) {
      watch.clear();
      if (!ended) incoming.destroy();
      done(error);
    },
  });
  incoming.on('data', (chunk: Buffer) => {
    if (body.push(chunk)) return;
    incoming.pause();
    watch.clear();
  });
  incoming.on('end', () => {
    ended = true;
    watch.clear();
    body.push(null);
  });
  // A cut answer errs, or on some ways only closes.
  incoming.on('error', () => body.destroy(failure('the answer broke off')));
  incoming.on('close', () => {
    if (!ended) body.destroy(failure('the answer broke off'));
  });
  incoming.pause();
  return body;
}
