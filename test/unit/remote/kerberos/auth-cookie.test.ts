import { expect } from 'chai';
import fc from 'fast-check';
import { cookieIn } from '../../../../backend/remote/kerberos/auth-cookie.ts';

const now = Date.parse('2026-11-25T11:11:31Z');
const date = 'Wed, 25 Nov 2026 11:11:31 GMT';
const token = (expires: number): string => `u=mlflow&p=mlflow@EXAMPLE.COM&t=kerberos&e=${String(expires)}&s=abc+/=`;
const set = (...lines: string[]) => ({ 'set-cookie': lines, date });

describe('the hadoop.auth cookie', () => {
  it('is sent back as it came, quotes included, until shortly before its token expires', () => {
    const cookie = cookieIn(set(`hadoop.auth="${token(now + 3_600_000)}"; Path=/; Secure; HttpOnly`), now);
    expect(cookie).to.deep.equal({ pair: `hadoop.auth="${token(now + 3_600_000)}"`, until: now + 3_570_000 });
  });

  it('gives up a tenth of a short life', () => {
    expect(cookieIn(set(`hadoop.auth=${token(now + 20_000)}`), now)).to.have.property('until', now + 18_000);
  });

  it('lives by the clock of the server', () => {
    const ahead = now - 7_200_000;
    expect(cookieIn(set(`hadoop.auth=${token(now + 20_000)}`), ahead)).to.have.property('until', ahead + 18_000);
  });

  it('ends with the first of e=, Max-Age and Expires', () => {
    const value = `hadoop.auth=${token(now + 100_000)}`;
    expect(cookieIn(set(`${value}; Max-Age=50`), now)).to.have.property('until', now + 45_000);
    expect(cookieIn(set(`${value}; Expires=Wed, 25 Nov 2026 11:11:41 GMT`), now)).to.have.property(
      'until',
      now + 9_000,
    );
    expect(cookieIn(set(`${value}; Max-Age=0`), now)).to.equal('deleted');
  });

  it('without any of them is kept until it is refused', () => {
    expect(cookieIn(set('hadoop.auth=opaque'), now)).to.deep.equal({ pair: 'hadoop.auth=opaque', until: undefined });
  });

  it('is taken away by an empty one, and by one that has expired', () => {
    expect(cookieIn(set('hadoop.auth=; Path=/; Secure; HttpOnly'), now)).to.equal('deleted');
    expect(cookieIn(set('hadoop.auth=""'), now)).to.equal('deleted');
    expect(cookieIn(set(`hadoop.auth="${token(now - 1)}"`), now)).to.equal('deleted');
  });

  it('is no other cookie', () => {
    expect(cookieIn(set('hadoop.authority=x', 'JSESSIONID=y'), now)).to.equal(undefined);
    expect(cookieIn({}, now)).to.equal(undefined);
  });

  it('never carries what ends a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const cookie = cookieIn(set(`hadoop.auth=${value}`), now);
        if (typeof cookie === 'object') expect(cookie.pair).to.match(/^[\x21-\x7e]+$/);
      }),
    );
  });
});
