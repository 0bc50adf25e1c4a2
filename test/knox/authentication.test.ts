import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './support/ask.ts';
import type { Question } from './support/ask.ts';
import { stack } from './support/hooks.ts';
import { passwordCacheSeconds } from './support/stack.ts';

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
});
