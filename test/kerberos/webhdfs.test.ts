import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Remote, RemoteAnswer, RemoteRequest } from '../../backend/remote/index.ts';
import { cookieLife } from '../stack/kerberos/index.ts';
import { failureOf, logIn, plain, remoteTo } from './support/client.ts';
import type { LoginOptions } from './support/client.ts';
import { theCluster } from './support/hooks.ts';

const once = { repeatable: false };
const get = (path: string): RemoteRequest => ({ method: 'GET', path });
const put = (path: string): RemoteRequest => ({ method: 'PUT', path });
const json = ({ body }: RemoteAnswer): unknown => JSON.parse(body.toString());

describe('WebHDFS with Kerberos', () => {
  const open: Remote[] = [];

  function webhdfs(keytab: Parameters<typeof logIn>[0], options?: LoginOptions) {
    const { kerberos, tokens } = logIn(keytab, options);
    const remote = remoteTo(theCluster().webhdfs, kerberos);
    open.push(remote);
    return { kerberos, tokens, send: (request: RemoteRequest) => remote.send(request, once) };
  }

  before(async () => {
    const { send } = webhdfs('hdfs');
    await send(put('/kirka?op=MKDIRS&permission=750'));
    expect(await send(put('/kirka?op=SETOWNER&owner=kirka&group=kirka'))).to.have.property('status', 200);
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((remote) => remote.close()));
  });

  it('is closed to whoever shows no ticket', async () => {
    const answer = await remoteTo(theCluster().webhdfs).send(get('/?op=LISTSTATUS'), once);
    expect(answer.status).to.equal(401);
    expect(answer.headers['www-authenticate']).to.equal('Negotiate');
    const named = await remoteTo(theCluster().webhdfs).send(get('/?op=LISTSTATUS&user.name=hdfs'), once);
    expect(named.status).to.equal(401);
  });

  it('creates, lists and reads, with one token for all and none for the DataNode', async () => {
    const { send, tokens } = webhdfs('kirka');
    const bytes = randomBytes(100_000);

    const toWrite = await send(put('/kirka/a.bin?op=CREATE&overwrite=false'));
    expect(toWrite.status).to.equal(307);
    const target = toWrite.headers.location ?? '';
    expect(target.startsWith(`${theCluster().dataNode}/webhdfs/v1/kirka/a.bin?op=CREATE&delegation=`)).to.equal(true);
    // What lets in is the delegation token that the NameNode has put into the address.
    expect(await plain(target, { method: 'PUT', body: bytes })).to.have.property('status', 201);
    const without = target.replace(/delegation=[^&]*&/, '').replace('a.bin', 'b.bin');
    expect((await plain(without, { method: 'PUT', body: bytes })).status).to.be.within(401, 403);

    const listed = json(await send(get('/kirka?op=LISTSTATUS')));
    expect(listed).to.have.nested.property('FileStatuses.FileStatus[0].owner', 'kirka');
    expect(listed).to.have.nested.property('FileStatuses.FileStatus[0].length', bytes.length);

    const toRead = await send(get('/kirka/a.bin?op=OPEN'));
    expect(toRead.status).to.equal(307);
    expect((await plain(toRead.headers.location ?? '')).body.equals(bytes)).to.equal(true);
    expect(tokens()).to.equal(1);
  });

  it('renews the cookie before it expires', async () => {
    let ahead = 0;
    const { send, tokens } = webhdfs('kirka', { now: () => Date.now() + ahead });
    await send(get('/kirka?op=GETFILESTATUS'));
    await send(get('/kirka?op=GETFILESTATUS'));
    expect(tokens()).to.equal(1);
    ahead = cookieLife * 900;
    expect(await send(get('/kirka?op=GETFILESTATUS'))).to.have.property('status', 200);
    expect(tokens()).to.equal(2);
  });

  it('renews a cookie that the server says has expired', async () => {
    // A clock that stands still: to us it never expires.
    const start = Date.now();
    const { kerberos, send, tokens } = webhdfs('kirka', { now: () => start });
    await send(get('/kirka?op=GETFILESTATUS'));
    const url = new URL(theCluster().webhdfs);
    const headers = await kerberos.headers(url);
    expect(headers).to.have.all.keys('cookie');
    const status = async (): Promise<number> =>
      (await plain(`${url.href}/kirka?op=GETFILESTATUS`, { headers: { ...headers } })).status;
    expect(await status()).to.equal(200);
    while ((await status()) !== 401) await sleep(200);
    expect(await kerberos.headers(url)).to.deep.equal(headers);
    expect(await send(get('/kirka?op=GETFILESTATUS'))).to.have.property('status', 200);
    expect(tokens()).to.equal(2);
  });

  it('renews a cookie that the server no longer knows, as after a restart with another secret', async () => {
    const { kerberos, send, tokens } = webhdfs('kirka');
    const until = String(Date.now() + 3_600_000);
    const forged = `hadoop.auth="u=hdfs&p=hdfs@KIRKA.TEST&t=kerberos&e=${until}&s=forged"; Path=/`;
    await kerberos.learn(new URL(theCluster().webhdfs), { status: 200, headers: { 'set-cookie': [forged] } });
    expect(await send(get('/kirka?op=GETFILESTATUS'))).to.have.property('status', 200);
    expect(tokens()).to.equal(1);
  });

  it('gets a new ticket from the keytab before the old one expires', async () => {
    const { kdc } = theCluster();
    // Of a clock at the end of time no cookie is good: each request needs a token.
    const { send, tokens } = webhdfs('kirka', { krb5Conf: kdc.shortLivedConf, now: () => Number.MAX_SAFE_INTEGER });
    const before = kdc.logins();
    while (kdc.logins() < before + 2) {
      expect(await send(get('/kirka?op=GETFILESTATUS'))).to.have.property('status', 200);
      await sleep(100);
    }
    // The ticket, not the token, is what is got anew: some ten seconds of requests were made with the first.
    expect(tokens()).to.be.greaterThan(20);
  });

  it('acts for the end user where hadoop.proxyuser.* allows it', async () => {
    const hdfs = webhdfs('hdfs');
    await hdfs.send(put('/home?op=MKDIRS&permission=777'));
    await hdfs.send(put('/home?op=SETPERMISSION&permission=777'));
    const kirka = webhdfs('kirka');
    expect(json(await kirka.send(put('/home/of-ann?op=MKDIRS&doAs=ann')))).to.deep.equal({ boolean: true });
    const { FileStatus } = json(await kirka.send(get('/home/of-ann?op=GETFILESTATUS'))) as { FileStatus: unknown };
    expect(FileStatus).to.have.property('owner', 'ann');
    // The delegation token in the address of the DataNode is ann's, too.
    const toWrite = await kirka.send(put('/home/of-ann/x?op=CREATE&doAs=ann'));
    expect(await plain(toWrite.headers.location ?? '', { method: 'PUT' })).to.have.property('status', 201);
    const stranger = webhdfs('stranger');
    const refused = await stranger.send(get('/home?op=LISTSTATUS&doAs=ann'));
    expect(refused.status).to.equal(403);
    expect(refused.body.toString()).to.include('User: stranger is not allowed to impersonate ann');
    // That is no refusal of the ticket: the cookie stays.
    expect(stranger.tokens()).to.equal(1);
    expect(await stranger.send(get('/home?op=LISTSTATUS'))).to.have.property('status', 200);
    expect(stranger.tokens()).to.equal(1);
  });

  describe('says what is wrong', () => {
    it('with a keytab whose key has changed', async () => {
      const { message } = await failureOf(webhdfs('former').send(get('/?op=LISTSTATUS')));
      expect(message).to.match(/No Kerberos token for HTTP\/localhost as kirka@KIRKA\.TEST: .*export the keytab anew/);
    });

    it('with a keytab of somebody else', async () => {
      const { send } = webhdfs('stranger', { principal: 'kirka@KIRKA.TEST' });
      const { message } = await failureOf(send(get('/?op=LISTSTATUS')));
      expect(message).to.match(/look at --kerberos-keytab and --kerberos-principal/);
    });

    it('with an address whose host the KDC does not know', async () => {
      const remote = remoteTo(theCluster().webhdfs.replace('localhost', '127.0.0.1'), logIn('kirka').kerberos);
      open.push(remote);
      const { message } = await failureOf(remote.send(get('/?op=LISTSTATUS'), once));
      expect(message).to.match(/HTTP\/127\.0\.0\.1.* not found in Kerberos database \(the KDC knows no such principal/);
    });

    it('with a ticket that the server refuses', async () => {
      const { send } = webhdfs('kirka', { spoil: (token) => `${token.slice(0, -40)}${'A'.repeat(40)}` });
      const { message } = await failureOf(send(get('/?op=LISTSTATUS')));
      expect(message).to.match(/refuses the Kerberos ticket \(403\): look at its keytab for HTTP\/localhost/);
    });

    it('with a KDC that does not answer, and works on when it does', async () => {
      const { kdc } = theCluster();
      const { send } = webhdfs('kirka', { limit: 500 });
      kdc.child.signal('SIGSTOP');
      try {
        const { message } = await failureOf(send(get('/kirka?op=GETFILESTATUS')));
        expect(message).to.match(/within 0\.5 s: no KDC answers/);
      } finally {
        kdc.child.signal('SIGCONT');
      }
      let status = 0;
      while (status !== 200) {
        status = await send(get('/kirka?op=GETFILESTATUS')).then(
          (answer) => answer.status,
          () => sleep(100, 0),
        );
      }
    });
  });
});
