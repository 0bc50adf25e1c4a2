import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { networkOf } from './network-of.ts';
import { Refusal } from './refusal.ts';

const maxName = 256;

/** What is told of a request that is refused. */
interface From {
  readonly method: string | undefined;
  readonly address: string;
}

/** One line for each that is refused, with who it claims to be and its address; of bulk one a minute and place. */
export function createRefusalLog(log: Logger): (from: From, error: unknown) => void {
  const told = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

  function isTold({ status }: Refusal, address: string): boolean {
    if (status !== 429) return status === 401 || status === 403;
    const place = networkOf(address);
    if (told.has(place)) return false;
    told.set(place, true);
    return true;
  }

  return ({ method, address }, error) => {
    if (!(error instanceof Refusal)) log.error({ err: error, method, address }, 'the gateway failed');
    else if (isTold(error, address)) {
      const { status, user, message } = error;
      log.warn({ status, method, user: user?.slice(0, maxName), address }, `refused: ${message}`);
    }
  };
}
