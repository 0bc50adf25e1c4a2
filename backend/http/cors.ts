import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Reply } from '../handler.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
const varying = [
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
  'Access-Control-Request-Private-Network',
].join(', ');

/** Who may read an answer: the page that asked; or any, but without the password that the browser keeps. */
const readers = (origin: string, everybody: boolean): Record<string, string> =>
  everybody
    ? { 'Access-Control-Allow-Origin': '*' }
    : { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' };

/** What lets the page of an allowed origin read an answer. */
export const corsHeaders = (origin: string, everybody: boolean): Record<string, string> => ({
  ...readers(origin, everybody),
  'Access-Control-Expose-Headers': '*',
});

/** Whether a browser asks what a page of another origin may send. */
export const isPreflight = ({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

/** The answer to such a question, as MLflow's server gives it, its text included. */
export function preflightReply(headers: IncomingHttpHeaders, isAllowed: boolean, everybody: boolean): Reply {
  const wanted = headers['access-control-request-headers'];
  const refused = [
    ...(isAllowed ? [] : ['origin']),
    ...(methods.includes(headers['access-control-request-method'] ?? '') ? [] : ['method']),
    ...(headers['access-control-request-private-network'] === 'true' ? ['private-network'] : []),
  ];
  return {
    status: refused.length === 0 ? 200 : 400,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      Vary: varying,
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Max-Age': '600',
      ...(isAllowed ? readers(headers.origin ?? '', everybody) : {}),
      ...(wanted === undefined ? {} : { 'Access-Control-Allow-Headers': wanted }),
    },
    body: refused.length === 0 ? 'OK' : `Disallowed CORS ${refused.join(', ')}`,
  };
}
