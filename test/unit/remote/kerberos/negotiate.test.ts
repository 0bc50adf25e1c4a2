import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { KerberosAuthenticator, KerberosError } from '../../../../backend/remote/kerberos/index.ts';
import { loadGss } from '../../../../backend/remote/kerberos/gss.ts';
import { fakeGss } from './fake-gss.ts';

const nameNode = new URL('https://nn1.example.com:9871/webhdfs/v1');
const standby = new URL('https://nn2.example.com:9871/webhdfs/v1');
const challenge = { status: 401, headers: { 'www-authenticate': 'Negotiate', 'set-cookie': ['hadoop.auth=; Path=/'] } };

function setUp(limit?: number) {
  const gss = fakeGss();
  const clock = { now: 1_800_000_000_000 };
  const kerberos = new KerberosAuthenticator({
    principal: 'mlflow@EXAMPLE.COM',
    load: async () => gss,
    now: () => clock.now,
    ...(limit === undefined ? {} : { limit }),
  });
  const cookieFor = (ms: number) => ({
    status: 200,
    headers: { 'set-cookie': [`hadoop.auth="u=mlflow&e=${String(clock.now + ms)}&s=x"; Path=/`] },
  });
  return { gss, clock, kerberos, cookieFor };
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

describe('the Kerberos authenticator', () => {
  it('asks for HTTP at the host, as the principal, and delegates nothing', async () => {
    const { gss, kerberos } = setUp();
    expect(await kerberos.headers(nameNode)).to.deep.equal({ authorization: 'Negotiate token-1' });
    const options = { principal: 'mlflow@EXAMPLE.COM', mechOID: 6, gssFlag: 0 };
    expect(gss.asked).to.deep.equal([{ service: 'HTTP@nn1.example.com', options }]);
  });

  it('makes a token for each request until there is a cookie', async () => {
    const { kerberos } = setUp();
    await kerberos.headers(nameNode);
    expect(await kerberos.headers(nameNode)).to.deep.equal({ authorization: 'Negotiate token-2' });
  });

  it('sends the cookie in place of a token until it is about to expire', async () => {
    const { kerberos, cookieFor, clock } = setUp();
    expect(await kerberos.learn(nameNode, cookieFor(100_000))).to.equal(false);
    clock.now += 89_999;
    expect(await kerberos.headers(nameNode)).to.have.all.keys('cookie');
    clock.now += 1;
    expect(await kerberos.headers(nameNode)).to.have.all.keys('authorization');
  });

  it('sends a cookie to the origin that gave it alone', async () => {
    const { kerberos, cookieFor } = setUp();
    await kerberos.learn(nameNode, cookieFor(100_000));
    expect(await kerberos.headers(standby)).to.have.all.keys('authorization');
    expect(await kerberos.headers(new URL('http://nn1.example.com:9871/'))).to.have.all.keys('authorization');
    expect(await kerberos.headers(new URL('https://nn1.example.com:9870/'))).to.have.all.keys('authorization');
  });

  it('drops a refused cookie and asks for the request once more', async () => {
    const { kerberos, cookieFor } = setUp();
    await kerberos.learn(nameNode, cookieFor(100_000));
    expect(await kerberos.learn(nameNode, challenge)).to.equal(true);
    expect(await kerberos.headers(nameNode)).to.have.all.keys('authorization');
    // Also where the answer does not take it away.
    await kerberos.learn(nameNode, cookieFor(100_000));
    await kerberos.learn(nameNode, { status: 401, headers: { 'www-authenticate': 'Negotiate' } });
    expect(await kerberos.headers(nameNode)).to.have.all.keys('authorization');
  });

  it('does not repeat what no ticket would help', async () => {
    const { kerberos, cookieFor } = setUp();
    await kerberos.learn(nameNode, cookieFor(100_000));
    expect(await kerberos.learn(nameNode, { status: 401, headers: { 'www-authenticate': 'Basic' } })).to.equal(false);
    await kerberos.learn(nameNode, cookieFor(100_000));
    // Want of permission, as the NameNode says it.
    expect(await kerberos.learn(nameNode, { status: 403, headers: {} })).to.equal(false);
    expect(await kerberos.headers(nameNode)).to.have.all.keys('cookie');
  });

  it('says where to look when the server refuses the ticket', async () => {
    const { kerberos } = setUp();
    const refusal = { status: 403, headers: { 'set-cookie': ['hadoop.auth=; Path=/; Secure; HttpOnly'] } };
    const error = await failureOf(kerberos.learn(nameNode, refusal));
    expect(error).to.be.instanceOf(KerberosError);
    expect(error.message).to.match(/^nn1\.example\.com:9871 refuses the Kerberos ticket/);
  });

  it('says in plain words what the library says', async () => {
    const { gss, kerberos } = setUp();
    gss.step = async () => {
      throw new Error(
        'No credentials were supplied, or the credentials were unavailable or inaccessible: Decrypt integrity check failed',
      );
    };
    const { message } = await failureOf(kerberos.headers(nameNode));
    expect(message).to.equal(
      'No Kerberos token for HTTP/nn1.example.com as mlflow@EXAMPLE.COM: Decrypt integrity check failed ' +
        "(the keytab's key is not the KDC's: export the keytab anew).",
    );
  });

  it('calls the library once at a time, and gives up on a silent KDC', async () => {
    const { gss, kerberos } = setUp(20);
    const ends: (() => void)[] = [];
    gss.step = () =>
      new Promise((resolve) => {
        ends.push(() => {
          resolve('late');
        });
      });
    const errors = await Promise.all([1, 2, 3].map(() => failureOf(kerberos.headers(nameNode))));
    for (const { message } of errors) expect(message).to.match(/within 0\.02 s: no KDC answers/);
    expect(ends).to.have.length(1);
    gss.step = async () => 'fresh';
    ends[0]?.();
    expect(await kerberos.headers(nameNode)).to.deep.equal({ authorization: 'Negotiate fresh' });
    // Those who had given up were not served in between.
    expect(gss.asked).to.have.length(2);
  });

  it('goes on after a failure', async () => {
    const { gss, kerberos } = setUp();
    const { step } = gss;
    gss.step = async () => {
      throw new Error('Clock skew too great');
    };
    expect((await failureOf(kerberos.headers(nameNode))).message).to.include('synchronise both');
    gss.step = step;
    expect(await kerberos.headers(nameNode)).to.have.all.keys('authorization');
  });
});

describe('npm kerberos', () => {
  it('is missed with the words that install it, and found once it is there', async () => {
    const gss = fakeGss();
    let there = false;
    const load = () =>
      loadGss(async () => {
        if (!there) throw new Error("Cannot find package 'kerberos' imported from negotiate.js\nRequire stack: x");
        return { default: gss };
      });
    const kerberos = new KerberosAuthenticator({ load });
    const { message } = await failureOf(kerberos.headers(nameNode));
    expect(message).to.match(/^The npm package 'kerberos' cannot be loaded: Cannot find package 'kerberos'/);
    expect(message)
      .to.include('apt-get install libkrb5-dev')
      .and.include('npm install --no-save --save-optional kerberos@7');
    expect(message).to.not.include('Require stack');
    there = true;
    expect(await kerberos.headers(nameNode)).to.have.all.keys('authorization');
  });

  it('is not among what a plain install brings', () => {
    const lock = JSON.parse(readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, { peerDependenciesMeta?: unknown; hasInstallScript?: true }>;
    };
    expect(lock.packages['']?.peerDependenciesMeta).to.deep.include({ kerberos: { optional: true } });
    expect(lock.packages).to.not.have.property('node_modules/kerberos');
    // npm `hbase` names an addon of its own, which would be compiled wherever libkrb5's headers are.
    const native = Object.entries(lock.packages).filter(([path]) => /\/krb5$/.test(path));
    expect(native.map(([, { hasInstallScript }]) => hasInstallScript)).to.deep.equal([undefined]);
  });
});
