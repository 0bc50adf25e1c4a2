import { expect } from 'chai';
import { basic, bearer, openRemote, RemoteUnavailable } from '../../../backend/remote/index.ts';
import type { Authenticator, Remote, RemoteOptions } from '../../../backend/remote/index.ts';
import { ca, closeServers, deadAddress, echo, serve, serveOtherName, serveTls } from './servers.ts';

const get = { method: 'GET', path: '/x' } as const;
const secret = 'pa55-wörd';

describe('Remote: TLS and credentials', () => {
  const open: Remote[] = [];
  const remote = (addresses: readonly string[], more: Partial<RemoteOptions> = {}): Remote => {
    const limits = { total: 0, answer: 2000 };
    const made = openRemote({ name: 'Test', addresses, limits, ...more });
    open.push(made);
    return made;
  };
  const refusal = (made: Remote): Promise<string> =>
    made.send(get, { repeatable: true }).then(
      () => 'answered',
      (reason: unknown) => `${String(reason)} ${JSON.stringify(reason)}`,
    );
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    await closeServers();
  });

  it('sends Basic and bearer credentials to a server that the authority vouches for', async () => {
    const server = await serveTls(echo);
    await remote([server.address], { ca, authenticator: basic('mlflow', secret) }).send(get, { repeatable: true });
    await remote([server.address], { ca, authenticator: bearer('abc.def') }).send(get, { repeatable: true });
    let token = 'first';
    const changing = remote([server.address], { ca, authenticator: bearer(async () => token) });
    await changing.send(get, { repeatable: true });
    token = 'second';
    await changing.send(get, { repeatable: true });
    expect(server.headers.map(({ authorization }) => authorization)).to.deep.equal([
      `Basic ${Buffer.from(`mlflow:${secret}`).toString('base64')}`,
      'Bearer abc.def',
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('sends nothing to a server that no authority vouches for, or that has another name', async () => {
    const authenticator = basic('mlflow', secret);
    const rogue = await serveTls(echo, 'rogue');
    const server = await serveTls(echo);
    const other = await serveOtherName(echo);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    try {
      for (const environment of ['1', '0']) {
        process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = environment;
        expect(await refusal(remote([rogue.address], { ca, authenticator }))).to.match(/SELF_SIGNED|UNABLE_TO_VERIFY/);
        expect(await refusal(remote([server.address], { authenticator }))).to.match(/UNABLE_TO_VERIFY/);
        expect(await refusal(remote([other.server.address], { ca: other.authority, authenticator }))).to.include(
          'ERR_TLS_CERT_ALTNAME_INVALID',
        );
      }
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect([rogue.asked, server.asked, other.server.asked]).to.deep.equal([[], [], []]);
  });

  it('says that a server whose certificate is refused was sent nothing', async () => {
    const rogue = await serveTls(echo, 'rogue');
    const refused = remote([rogue.address], { ca }).send(get, { repeatable: false });
    expect(await refused.catch((error: unknown) => error))
      .to.be.instanceOf(RemoteUnavailable)
      .and.include({ unsent: true });
  });

  it('refuses to send a password in the clear to another machine', () => {
    for (const authenticator of [basic('mlflow', secret), bearer(secret.replace('ö', 'o'))]) {
      expect(() => remote(['https://a.example', 'http://b.example:8080'], { authenticator })).to.throw(
        TypeError,
        'in the clear to http://b.example:8080',
      );
      expect(() =>
        remote(['http://127.0.0.1:8080', 'http://[::1]:1', 'http://localhost'], { authenticator }),
      ).not.to.throw();
    }
  });

  it('refuses addresses that hold a password, and shows it nowhere', async () => {
    const bad = ['http://u:geheim@h', 'ftp://geheim', 'geheim', 'http://h/?token=geheim', 'http://h/#geheim'];
    for (const address of bad) {
      expect(() => remote([address]))
        .to.throw(TypeError)
        .with.property('message')
        .that.does.not.contain('geheim');
    }
    expect(() => remote([])).to.throw(TypeError);
    expect(() => basic('a:b', 'geheim'))
      .to.throw(TypeError)
      .with.property('message')
      .that.does.not.contain('geheim');
    expect(() => basic('a', 'geheim\n'))
      .to.throw(TypeError)
      .with.property('message')
      .that.does.not.contain('geheim');
    expect(() => bearer('geheim geheim'))
      .to.throw(TypeError)
      .with.property('message')
      .that.does.not.contain('geheim');
  });

  it('shows neither the password nor the query of a request in an error', async () => {
    const dead = (await deadAddress()).replace('https', 'http');
    const made = remote([dead], { authenticator: basic('mlflow', secret) });
    const error = await made
      .send({ method: 'GET', path: '/x?delegation=geheim' }, { repeatable: true })
      .catch((reason: Error) => reason);
    const shown = [String(error), JSON.stringify(error), error instanceof Error ? String(error.stack) : ''].join('\n');
    for (const hidden of [secret, Buffer.from(`mlflow:${secret}`).toString('base64'), 'geheim']) {
      expect(shown).not.to.contain(hidden);
    }
  });

  it('follows no redirect and no path that leads elsewhere', async () => {
    const elsewhere = await serve(echo);
    const server = await serve((request, response) =>
      response.writeHead(307, { location: `${elsewhere.address}/stolen` }).end(),
    );
    const made = remote([`${server.address}/gateway/t/hbase/`], { authenticator: basic('mlflow', secret) });
    expect((await made.send(get, { repeatable: true })).status).to.equal(307);
    const port = new URL(elsewhere.address).port;
    await made.send({ method: 'GET', path: `//127.0.0.1:${port}/x` }, { repeatable: true });
    for (const path of ['/../x', '/a/%2e%2E/b', '/a/.', 'x', '@127.0.0.1', '/a b', '/a\r\nb', '/a#b', '/a\\b']) {
      const error = await made.send({ method: 'GET', path }, { repeatable: true }).catch((reason: unknown) => reason);
      expect(error, path).to.be.instanceOf(TypeError);
    }
    expect(server.asked).to.deep.equal(['GET /gateway/t/hbase/x', `GET /gateway/t/hbase//127.0.0.1:${port}/x`]);
    expect(elsewhere.asked).to.be.empty;
  });

  it('lets an authenticator learn from answers, and sends once more after a 401', async () => {
    const server = await serve((request, response) => {
      if (request.headers.cookie === 'hadoop.auth=2') response.setHeader('set-cookie', 'hadoop.auth=2').end('in');
      else response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end('out');
    });
    let cookie = 1;
    const targets: string[] = [];
    const authenticator: Authenticator = {
      headers: async (target) => {
        targets.push(target.href);
        return { Cookie: `hadoop.auth=${cookie}` };
      },
      learn: async (_, { status }) => {
        if (status !== 401) return true;
        cookie += 1;
        return true;
      },
    };
    const made = remote([server.address], { authenticator });
    const post = { method: 'POST', path: '/x', body: Buffer.from('1'), headers: { cookie: 'mine' } } as const;
    const answer = await made.send(post, { repeatable: false });
    expect([answer.status, answer.body.toString(), server.asked.length]).to.deep.equal([200, 'in', 2]);
    // What was answered otherwise was done, whatever the authenticator has learnt.
    cookie = 2;
    expect([(await made.send(post, { repeatable: false })).status, server.asked.length]).to.deep.equal([200, 3]);
    cookie = 7;
    expect((await made.send(post, { repeatable: false })).status).to.equal(401);
    expect(server.asked).to.have.length(5);
    expect(new Set(targets)).to.deep.equal(new Set([`${server.address}/`]));
    expect(server.connections()).to.equal(1);
  });

  it('sends nothing where there are no credentials, or the server does not prove itself', async () => {
    const server = await serve(echo);
    const without: Authenticator = {
      headers: () => Promise.reject(new Error('no ticket')),
      learn: async () => false,
    };
    const unproven: Authenticator = { headers: async () => ({}), learn: () => Promise.reject(new Error('no proof')) };
    expect(await refusal(remote([server.address], { authenticator: without }))).to.contain('no ticket');
    expect(server.asked).to.be.empty;
    expect(await refusal(remote([server.address], { authenticator: unproven }))).to.contain('no proof');
  });
});
