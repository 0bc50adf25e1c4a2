import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { identityHeaderPrefix, identityHeaders } from '../../backend/manifest/index.ts';
import type { Answer, ClientRequest, Recorded, SeenRequest, Target } from './row.ts';
import type { Received } from './send.ts';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const readable = (content: string | Buffer): string => Buffer.from(content).toString('latin1').slice(0, 2000);

/** The groups of the demo users, as `ldap/users.ldif` of the real Knox has them. */
export const groupsOf: Readonly<Record<string, string>> = { sam: 'analyst,scientist', tom: 'analyst' };

function decodedPairs(query: string): [string, string | null][] {
  if (query === '') return [];
  const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decode(pair), null] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
  });
}

function expectIdentity(seen: Recorded, query: [string, string | null][], user: string, target: Target): void {
  const values = (name: string): string[] => seen.headers.filter(([key]) => key === name).map(([, value]) => value);
  const reserved = seen.headers.filter(([name]) => name.startsWith(identityHeaderPrefix.toLowerCase()));
  expect(values(identityHeaders.user.toLowerCase()), 'the user header').to.deep.equal([user]);
  expect(values(identityHeaders.secret.toLowerCase()), 'the secret header').to.deep.equal([target.secret]);
  expect(values(identityHeaders.groups.toLowerCase()).join(), 'the groups header').to.equal(groupsOf[user] ?? '');
  const ours = new Set<string>(Object.values(identityHeaders).map((name) => name.toLowerCase()));
  expect(
    reserved.filter(([name]) => !ours.has(name)),
    'forged headers',
  ).to.deep.equal([]);
  expect(values('authorization'), 'the password').to.deep.equal([]);
  const claims = query.filter(([key]) => /^(user\.name|doas)$/i.test(key));
  expect(claims, 'claims in the query').to.deep.equal([['user.name', user]]);
  expect(query.at(-1), 'the last of the query').to.deep.equal(['user.name', user]);
}

/** Holds a request that the backend saw to its row. */
export function expectSeen(seen: Recorded, wanted: SeenRequest, request: ClientRequest, target: Target): void {
  const [path, ...rest] = seen.url.split('?');
  const query = decodedPairs(rest.join('?'));
  expectIdentity(seen, query, request.user ?? 'guest', target);
  expect(seen.method).to.equal(wanted.method);
  expect(path).to.equal(wanted.path);
  expect(query.slice(0, -1)).to.deep.equal(wanted.query ?? []);
  const body = wanted.body ?? '';
  if (sha256(seen.body) !== sha256(body)) expect(readable(seen.body)).to.equal(readable(body));
  expect(sha256(seen.body), 'sha256 of the body').to.equal(sha256(body));
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    const found = seen.headers.filter(([key]) => key === name).map(([, text]) => text);
    expect(found, name).to.deep.equal(value === null ? [] : [value]);
  }
}

/** Holds what the client received to its row. */
export function expectReceived(received: Received, wanted: Answer): void {
  expect(received.status, readable(received.body)).to.equal(wanted.status);
  if (wanted.body !== undefined) {
    expect(readable(received.body)).to.equal(readable(wanted.body));
    expect(sha256(received.body), 'sha256 of the answer').to.equal(sha256(wanted.body));
  }
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    expect(received.headers[name] ?? null, name).to.equal(value);
  }
}
