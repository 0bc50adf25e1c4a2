import type { IncomingMessage } from 'node:http';
import { MlflowError } from '../errors.ts';
import { isLoopback } from '../identity/loopback.ts';

/**
 * In open mode any page in the user's browser could write here, since it can reach loopback: by a name that it points
 * at 127.0.0.1, or across origins. MLflow's own server refuses both, too.
 * @throws MlflowError PERMISSION_DENIED
 */
export function guardBrowser({ headers, method }: Pick<IncomingMessage, 'headers' | 'method'>): void {
  if (headers.host !== undefined && !isLoopback(hostOf(`http://${headers.host}`))) {
    throw new MlflowError('PERMISSION_DENIED', 'The Host header is not an address of this machine.');
  }
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  if (!reads && headers.origin !== undefined && !isLoopback(hostOf(headers.origin))) {
    throw new MlflowError('PERMISSION_DENIED', 'A page of another origin may not write here.');
  }
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}
