import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { identityHeaderPrefix, identityHeaders } from '../../backend/manifest/index.ts';
import type { User } from './authenticate.ts';

/** What is told of the connection that a request came by. */
export interface Connection {
  readonly remoteAddress: string;
  readonly scheme: 'http' | 'https';
  /** `/gateway/<topology>` */
  readonly context: string;
}

/** Headers of one connection, the password, and what is set anew. */
const dropped = new Set([
  'authorization',
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/** As the Knox dispatch writes a name: visible ASCII but `%` and `,`; all else as percent-encoded UTF-8. */
function headerText(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!-~]/.test(character) && character !== '%' && character !== ','
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

const appended = (own: string, header: string | string[] | undefined): string =>
  header === undefined ? own : `${String(header)},${own}`;

/**
 * The headers that the backend gets: the client's, without its password and without any that only the gateway may set;
 * then who signed in, and the proof that the gateway says so.
 */
export function backendHeaders(
  client: IncomingHttpHeaders,
  user: User,
  secret: string,
  { remoteAddress, scheme, context }: Connection,
): Record<string, string | string[]> {
  const reserved = identityHeaderPrefix.toLowerCase();
  const kept = Object.entries(client).filter(
    (entry): entry is [string, string | string[]] =>
      entry[1] !== undefined && !dropped.has(entry[0]) && !entry[0].startsWith(reserved),
  );
  const host = client.host ?? '';
  return {
    'x-request-id': randomUUID(),
    'x-forwarded-proto': scheme,
    'x-forwarded-host': host,
    'x-forwarded-port': /:(\d+)$/.exec(host)?.[1] ?? (scheme === 'https' ? '443' : '80'),
    ...Object.fromEntries(kept),
    'x-forwarded-for': appended(remoteAddress, client['x-forwarded-for']),
    'x-forwarded-context': `${String(client['x-forwarded-context'] ?? '')}${context}`,
    'x-forwarded-server': host.replace(/:\d+$/, ''),
    [identityHeaders.user]: headerText(user.name),
    [identityHeaders.groups]: [...user.groups].sort().map(headerText).join(','),
    [identityHeaders.secret]: secret,
  };
}
