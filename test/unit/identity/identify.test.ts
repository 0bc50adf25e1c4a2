import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { MlflowError } from '../../../backend/errors.ts';
import { identify, withoutIdentity } from '../../../backend/identity/identify.ts';
import type { IdentityPolicy } from '../../../backend/identity/policy.ts';

const secret = 'a-secret-of-more-than-22-characters';
const dispatch: IdentityPolicy = { mode: 'dispatch', proof: { secret } };
const stock: IdentityPolicy = { mode: 'stock', proof: { secret } };
const proof = ['X-Kirka-Gateway-Secret', secret];

/** The user, `user:group,group`, or the code of the refusal. */
function outcome(policy: IdentityPolicy, rawHeaders: string[], query = ''): string {
  try {
    const request = { rawHeaders, socket: {} } as unknown as IncomingMessage;
    const { user, groups } = identify(request, new URLSearchParams(query), policy);
    return [user ?? 'nobody', ...(groups.length > 0 ? [groups.join('|')] : [])].join(':');
  } catch (error) {
    if (error instanceof MlflowError) return error.code;
    throw error;
  }
}

describe('identity', () => {
  it('believes nothing in open mode', () => {
    expect(outcome({ mode: 'open' }, [...proof, 'X-Kirka-User', 'eve'], 'user.name=eve')).to.equal('nobody');
  });

  const rows: [string, IdentityPolicy, string[], string, string][] = [
    ['no proof', dispatch, ['X-Kirka-User', 'sam'], '', 'UNAUTHENTICATED'],
    ['a wrong proof', dispatch, ['X-Kirka-Gateway-Secret', 'x', 'X-Kirka-User', 'sam'], '', 'PERMISSION_DENIED'],
    ['an empty proof', dispatch, ['X-Kirka-Gateway-Secret', '', 'X-Kirka-User', 'sam'], '', 'PERMISSION_DENIED'],
    [
      "the client's guess before Knox's own",
      dispatch,
      ['x-kirka-gateway-secret', 'guess', ...proof, 'X-Kirka-User', 'sam'],
      '',
      'PERMISSION_DENIED',
    ],
    ['the right proof twice', dispatch, [...proof, ...proof, 'X-Kirka-User', 'sam'], '', 'PERMISSION_DENIED'],
    ['proof and user', dispatch, [...proof, 'x-KIRKA-user', 'sam'], '', 'sam'],
    ['groups', dispatch, [...proof, 'X-Kirka-User', 'sam', 'X-Kirka-Groups', 'a,b%2Cc,%C5%BC'], '', 'sam:a|b,c|ż'],
    ['no group', dispatch, [...proof, 'X-Kirka-User', 'sam', 'X-Kirka-Groups', ''], '', 'sam'],
    ['an encoded name', dispatch, [...proof, 'X-Kirka-User', 'J%C3%B6rg%25 K'], '', 'Jörg% K'],
    ['a name cut in its encoding', dispatch, [...proof, 'X-Kirka-User', 'a%C3'], '', 'UNAUTHENTICATED'],
    ['a line break in a name', dispatch, [...proof, 'X-Kirka-User', 'a%0Ab'], '', 'UNAUTHENTICATED'],
    ['an endless name', dispatch, [...proof, 'X-Kirka-User', 'a'.repeat(257)], '', 'UNAUTHENTICATED'],
    ['no user', dispatch, proof, '', 'UNAUTHENTICATED'],
    ['an empty user', dispatch, [...proof, 'X-Kirka-User', ''], '', 'UNAUTHENTICATED'],
    ['two users', dispatch, [...proof, 'X-Kirka-User', 'a', 'x-kirka-user', 'a'], '', 'UNAUTHENTICATED'],
    [
      'two lists of groups',
      dispatch,
      [...proof, 'X-Kirka-User', 'a', 'X-Kirka-Groups', 'a', 'X-Kirka-Groups', 'b'],
      '',
      'UNAUTHENTICATED',
    ],
    ["stock's parameter, where headers are believed", dispatch, proof, 'user.name=eve', 'UNAUTHENTICATED'],
    ['a user by the query', stock, proof, 'a=1&user.name=sam', 'sam'],
    ['a user by doAs', stock, proof, 'doAs=sam&a=1', 'sam'],
    ['an encoded key', stock, proof, 'user%2Ename=sam', 'sam'],
    ['the query without proof', stock, [], 'user.name=sam', 'UNAUTHENTICATED'],
    ['both parameters', stock, proof, 'user.name=sam&doAs=sam', 'UNAUTHENTICATED'],
    ['a repeated parameter', stock, proof, 'user.name=sam&user.name=sam', 'UNAUTHENTICATED'],
    ['look-alike keys', stock, proof, '+user.name=e&user.name%00=e&user.name[]=e&User.Name=e', 'UNAUTHENTICATED'],
    ['headers, where the query is believed', stock, [...proof, 'X-Kirka-User', 'eve'], '', 'UNAUTHENTICATED'],
    [
      'headers that a client can set',
      dispatch,
      [...proof, 'X-Forwarded-User', 'eve', 'X-Remote-User', 'eve', 'X-Knox-Actor-ID', 'eve'],
      '',
      'UNAUTHENTICATED',
    ],
  ];
  for (const [title, policy, headers, query, expected] of rows) {
    it(`${policy.mode}, ${title}: ${expected}`, () => {
      expect(outcome(policy, headers, query)).to.equal(expected);
    });
  }

  it("takes the gateway's parameters out of the query", () => {
    const query = withoutIdentity(new URLSearchParams('a=1&user.name=x&a=2&doAs=y&user.name=z'));
    expect(query.toString()).to.equal('a=1&a=2');
  });
});
