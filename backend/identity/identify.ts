import type { IncomingMessage } from 'node:http';
import { MlflowError } from '../errors.ts';
import type { Caller } from '../call-context.ts';
import { identityHeaders } from '../manifest/index.ts';
import { headerValues } from './header-values.ts';
import type { IdentityPolicy } from './policy.ts';
import { requireProof } from './proof.ts';

/** The query parameters by which Knox's own dispatch names the user; `doAs` where Knox runs with Kerberos. */
const nameParameters = ['user.name', 'doAs'] as const;

/** More than any directory gives; a name stands in logs and records. */
const maxNameLength = 256;

const nobody: Caller = { groups: [] };

/** The query as handlers see it: without what the gateway appends. */
export function withoutIdentity(query: URLSearchParams): URLSearchParams {
  for (const name of nameParameters) query.delete(name);
  return query;
}

/**
 * Who is calling, by what the policy believes and nothing else: no body, no X-Forwarded-* header, no cookie.
 * @throws MlflowError UNAUTHENTICATED or PERMISSION_DENIED
 */
export function identify(request: IncomingMessage, query: URLSearchParams, policy: IdentityPolicy): Caller {
  if (policy.mode === 'open') return nobody;
  requireProof(request, policy.proof);
  return policy.mode === 'dispatch' ? fromHeaders(request) : fromQuery(query);
}

function fromHeaders(request: IncomingMessage): Caller {
  const users = headerValues(request, identityHeaders.user);
  const groups = headerValues(request, identityHeaders.groups);
  if (groups.length > 1) throw notOne(`${identityHeaders.groups} header`, groups.length);
  return {
    user: checkedName(decoded(theOne(users, `${identityHeaders.user} header`))),
    groups: (groups[0] ?? '')
      .split(',')
      .filter((group) => group !== '')
      .map((group) => checkedName(decoded(group))),
  };
}

function fromQuery(query: URLSearchParams): Caller {
  const names = nameParameters.flatMap((name) => query.getAll(name));
  return { user: checkedName(theOne(names, 'user.name or doAs parameter')), groups: [] };
}

function theOne(values: readonly string[], what: string): string {
  const [value] = values;
  if (value === undefined || values.length > 1) throw notOne(what, values.length);
  return value;
}

const notOne = (what: string, count: number): MlflowError =>
  new MlflowError('UNAUTHENTICATED', `The gateway must send exactly one ${what}; ${String(count)} came.`);

const unreadable = (): MlflowError => new MlflowError('UNAUTHENTICATED', "The user's name cannot be read.");

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw unreadable();
  }
}

function checkedName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not get in
  if (name === '' || name.length > maxNameLength || /[\u0000-\u001f\u007f]/.test(name)) throw unreadable();
  return name;
}
