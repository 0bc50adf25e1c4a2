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

  it('believes a verified password again at once, and a wrong one never', async () => {
    const authenticate = authenticateBy(new Map([['ann', { password: await hashPassword('right'), groups: ['a'] }]]));
    const ann = { name: 'ann', groups: ['a'] };
    expect(await authenticate('ann', 'right')).to.deep.equal(ann);
    const started = performance.now();
    for (let turn = 0; turn < 200; turn++) expect(await authenticate('ann', 'right')).to.deep.equal(ann);
    // 200 hashes take several seconds anywhere.
    expect(performance.now() - started).to.be.lessThan(1000);
    expect(await authenticate('ann', 'wrong')).to.equal(undefined);
    expect(await authenticate('bob', 'right')).to.equal(undefined);
    expect(await authenticate('__proto__', 'right')).to.equal(undefined);
  });

  it('knows the demo users and their groups', async () => {
    expect(await authenticateDemo('sam', 'sam-password')).to.deep.equal({
      name: 'sam',
      groups: ['analyst', 'scientist'],
    });
    expect(await authenticateDemo('sam', 'tom-password')).to.equal(undefined);
    expect(await authenticateDemo('eve', 'eve-password')).to.equal(undefined);
    expect(await authenticateDemo('constructor', 'constructor-password')).to.equal(undefined);
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
