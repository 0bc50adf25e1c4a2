import { expect } from 'chai';
import {
  authenticateBy,
  authenticateDemo,
  basicCredentials,
} from '../../../knox-service/local-gateway/authenticate.ts';
import { hashPassword, isPasswordHash, verifyPassword } from '../../../knox-service/local-gateway/password.ts';
import { parseUsers, UsersFileError } from '../../../knox-service/local-gateway/users-file.ts';

const header = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('signing in at the local gateway', () => {
  it('keeps a password as a salted hash', async () => {
    const [first, second] = await Promise.all([hashPassword('żółć'), hashPassword('żółć')]);
    expect(first).to.not.equal(second);
    expect(isPasswordHash(first)).to.equal(true);
    expect(await verifyPassword('żółć', first)).to.equal(true);
    expect(await verifyPassword('żółc', first)).to.equal(false);
    expect(await verifyPassword('żółć', 'żółć')).to.equal(false);
  });

  it('believes a verified password again without hashing it, and a wrong one never', async () => {
    const entries = new Map([['ann', { password: await hashPassword('right'), groups: ['a'] }]]);
    const { recall, verify } = authenticateBy(() => entries);
    const { signal } = new AbortController();
    const ann = { name: 'ann', groups: ['a'] };
    expect(await recall('ann', 'right')).to.equal(undefined);
    expect(await verify('ann', 'right', signal)).to.deep.equal(ann);
    expect(await recall('ann', 'right')).to.deep.equal(ann);
    expect(await verify('ann', 'wrong', signal)).to.equal(undefined);
    expect(await recall('ann', 'wrong')).to.equal(undefined);
    for (const name of ['bob', '__proto__']) {
      expect(await verify(name, 'right', signal)).to.equal(undefined);
      expect(await recall(name, 'right')).to.equal(undefined);
    }
  });

  it('forgets a password with its user, and with a change of it, and no other', async () => {
    const password = await hashPassword('right');
    let entries = new Map(['ann', 'bob', 'eve'].map((name) => [name, { password, groups: [] as string[] }]));
    const { recall, verify } = authenticateBy(() => entries);
    for (const name of entries.keys()) await verify(name, 'right', new AbortController().signal);
    entries = new Map([
      ['ann', { password, groups: ['new'] }],
      ['bob', { password: await hashPassword('right'), groups: [] }],
    ]);
    expect(await recall('ann', 'right')).to.deep.equal({ name: 'ann', groups: ['new'] });
    expect(await recall('bob', 'right')).to.equal(undefined);
    expect(await recall('eve', 'right')).to.equal(undefined);
  });

  it('knows the demo users and their groups', async () => {
    const { recall, verify } = authenticateDemo;
    expect(await recall('sam', 'sam-password')).to.deep.equal({ name: 'sam', groups: ['analyst', 'scientist'] });
    for (const [name, password] of [
      ['sam', 'tom-password'],
      ['eve', 'eve-password'],
      ['constructor', 'constructor-password'],
    ] as const) {
      expect(await recall(name, password)).to.equal(undefined);
      expect(await verify(name, password, new AbortController().signal)).to.equal(undefined);
    }
  });

  it('reads name and password of the Basic scheme', () => {
    expect(basicCredentials(header('ann:pass:word'))).to.deep.equal({ name: 'ann', password: 'pass:word' });
    expect(basicCredentials(header('ann:').replace('Basic', 'bASIC'))).to.deep.equal({ name: 'ann', password: '' });
    for (const text of [undefined, '', 'Basic', 'Basic !', header(':x'), header('ann'), 'Bearer x', 'Basic a b']) {
      expect(basicCredentials(text), text).to.equal(undefined);
    }
  });

  it('says what is wrong in a users file', async () => {
    const password = await hashPassword('x');
    expect([...parseUsers('f', JSON.stringify({ users: { ann: { password } } }))]).to.deep.equal([
      ['ann', { password, groups: [] }],
    ]);
    const bad = ['', '[]', '{"users":[{}]}', '{"users":{"ann":{"password":"plain"}}}', '{"users":{"a:b":{}}}'];
    for (const text of bad) expect(() => parseUsers('f', text), text).to.throw(UsersFileError, /^f/);
  });
});
