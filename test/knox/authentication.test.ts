import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './support/ask.ts';
import type { Question } from './support/ask.ts';
import { stack } from './support/hooks.ts';
import { passwordCacheSeconds, topologyFor } from './support/stack.ts';

const status = async (question: Omit<Question, 'path'>): Promise<number> =>
  (await ask({ path: '/sandbox/kirka/version', ...question })).status;

describe('signing in at Knox', () => {
  beforeEach(() => {
    stack().echo.answer({ status: 200 });
  });

  it('sets no cookie, and so neither a session nor anything that signs in without a password', async () => {
    const { headers } = await ask({ path: '/sandbox/kirka/version' });
    expect(headers['set-cookie'] ?? []).to.deep.equal([]);
  });

  it('asks LDAP once in a while, and refuses a wrong password all the while', async function () {
    this.timeout(60_000 + passwordCacheSeconds * 1000);
    const { ldap } = stack();
    await sleep(passwordCacheSeconds * 1000 + 500);
    expect(await status({ user: 'tom' }), 'asked of LDAP').to.equal(200);
    const warmed = Date.now();
    expect(await status({ user: 'tom', password: 'wrong' }), 'wrong, with LDAP').to.equal(401);
    await ldap.stop();
    try {
      expect(await status({ user: 'tom' }), 'believed without LDAP').to.equal(200);
      expect(await status({ user: 'tom', password: 'wrong' }), 'wrong, without LDAP').to.equal(401);
      expect(await status({ user: 'admin' }), 'never asked before').to.equal(401);
      expect(Date.now() - warmed, 'the test was slower than the cache').to.be.below(passwordCacheSeconds * 1000);
      await sleep(passwordCacheSeconds * 1000 + 500);
      expect(await status({ user: 'tom' }), 'believed no longer').to.equal(401);
    } finally {
      await ldap.start();
    }
    expect(await status({ user: 'tom' }), 'asked of LDAP again').to.equal(200);
  });

  it('refuses a password that was changed in LDAP once its time is over, however often it is used', async function () {
    this.timeout(120_000 + 3 * passwordCacheSeconds * 1000);
    const { ldap } = stack();
    expect(await status({ user: 'admin' })).to.equal(200);
    const changing = ldap.stop().then(() => ldap.start({ admin: 'changed' }));
    try {
      // Used all the while: nothing but its age may end it.
      const end = Date.now() + 3 * passwordCacheSeconds * 1000;
      while ((await status({ user: 'admin' })) === 200 && Date.now() < end) await sleep(100);
      await changing;
      expect(await status({ user: 'admin' }), 'the old one').to.equal(401);
      expect(await status({ user: 'admin', password: 'changed' }), 'the new one').to.equal(200);
    } finally {
      await changing;
      await ldap.stop();
      await ldap.start();
    }
  });

  it("has the file that bounds it where Knox 2.1 looks for it: in the plugin's jar", async () => {
    const { knox, echo } = stack();
    const asShiroReadsIt = topologyFor('sandbox', [echo.url]).replace(
      'org.apache.knox.gateway.shirorealm.KnoxCacheManager',
      'org.apache.shiro.cache.ehcache.EhCacheManager',
    );
    writeFileSync(`${knox.home.folder}conf/topologies/shiro-cache.xml`, asShiroReadsIt);
    const failure = (): string | undefined => /Failed to deploy topology shiro-cache: .*/.exec(knox.log())?.[0];
    while (failure() === undefined) await sleep(250);
    // It was found and read: this Knox has Ehcache 2, and the file is for Ehcache 3.
    expect(failure()).to.include('Element <config> does not allow attribute "xmlns"');
  });
});
