import { expect } from 'chai';
import { openRemote, RemoteUnavailable } from '../../../backend/remote/index.ts';
import type { Remote, RemoteOptions, RemoteRequest, SendOptions } from '../../../backend/remote/index.ts';
import { closeServers, deadAddress, echo, serve, serveRaw } from './servers.ts';

const get: RemoteRequest = { method: 'GET', path: '/x' };
const post: RemoteRequest = { method: 'POST', path: '/x', body: Buffer.from('{}') };
const repeatable: SendOptions = { repeatable: true };
const once: SendOptions = { repeatable: false };

describe('Remote: failover', () => {
  const open: Remote[] = [];
  function remote(
    addresses: readonly string[],
    limits: RemoteOptions['limits'] = {},
    more: Partial<RemoteOptions> = {},
  ) {
    const made = openRemote({ name: 'Test', addresses, limits: { total: 500, pause: 20, ...limits }, ...more });
    open.push(made);
    return made;
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    await closeServers();
  });

  it('goes from a dead address to one that answers, with what is not repeatable too', async () => {
    const server = await serve(echo);
    const pair = remote([await deadAddress(), server.address]);
    expect((await pair.send(post, once)).body.toString()).to.equal('{}');
    expect((await pair.send(get, repeatable)).address.href).to.equal(`${server.address}/`);
  });

  it('stays with the address that answered, or begins at each in turn', async () => {
    const [first, second] = [await serve(echo), await serve(echo)];
    const sticky = remote([await deadAddress(), first.address, second.address]);
    const spread = remote([first.address, second.address], {}, { spread: true });
    for (let i = 0; i < 4; i++) await sticky.send(get, repeatable);
    expect([first.asked.length, second.asked.length]).to.deep.equal([4, 0]);
    for (let i = 0; i < 4; i++) await spread.send(get, repeatable);
    expect([first.asked.length, second.asked.length]).to.deep.equal([6, 2]);
  });

  it('ends the wait for a server that hangs, and repeats only what is repeatable', async () => {
    const hung = await serve(() => undefined);
    const server = await serve(echo);
    const pair = remote([hung.address, server.address], { answer: 50, failures: 100 });
    const error = await pair.send(post, once).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RemoteUnavailable).and.to.include({ unsent: false });
    expect(String(error)).to.contain('no answer within 0.05 s');
    expect([hung.asked, server.asked]).to.deep.equal([['POST /x'], []]);
    expect((await pair.send(get, repeatable)).address.href).to.equal(`${server.address}/`);
  });

  it('never repeats a request whose answer broke off, unless it is repeatable', async () => {
    const cut = await serveRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
    );
    const chunked = await serveRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')),
    );
    const server = await serve(echo);
    for (const broken of [cut, chunked]) {
      const pair = remote([broken.address, server.address]);
      const error = await pair.send(post, once).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(RemoteUnavailable).and.to.include({ unsent: false });
      expect(String(error)).to.contain('broke off');
      expect(server.asked).to.be.empty;
      const streamed = await pair.stream(get, once);
      expect(await streamed.body.toArray().catch((reason: unknown) => reason)).to.be.instanceOf(RemoteUnavailable);
      expect((await pair.send(get, repeatable)).address.href).to.equal(`${server.address}/`);
      server.asked.length = 0;
    }
  });

  it('says that nothing was sent where no connection was made', async () => {
    const [one, two] = [await deadAddress(), await deadAddress()];
    const error = await remote([one, two])
      .send(post, once)
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RemoteUnavailable).and.to.include({ unsent: true });
    expect(String(error)).to.contain(one).and.to.contain(two).and.to.contain('ECONNREFUSED');
  });

  it('tries again until the total time is over, and takes what comes back meanwhile', async () => {
    let asked = 0;
    const server = await serve((request, response) => {
      asked += 1;
      if (asked < 4) request.socket.destroy();
      else response.end('back');
    });
    const single = remote([server.address], { total: 20_000, failures: 100 });
    expect((await single.send(get, repeatable)).body.toString()).to.equal('back');
    expect(asked).to.equal(4);
  });

  it('asks the caller whether an answer settles it', async () => {
    const busy = await serve((request, response) => response.writeHead(503).end('later'));
    const standby = await serve((request, response) => response.writeHead(403).end('StandbyException'));
    const server = await serve(echo);
    const accept: SendOptions['accept'] = ({ status, body }) =>
      body?.toString() === 'StandbyException' ? 'not-done' : status < 500;
    const trio = remote([busy.address, standby.address, server.address]);
    expect((await trio.send(get, { repeatable: true, accept })).status).to.equal(200);
    const fresh = remote([busy.address, server.address]);
    const error = await fresh.send(post, { repeatable: false, accept }).catch((reason: unknown) => reason);
    expect(String(error)).to.contain('answered 503');
    // What a standby refused was not done: it goes on, repeatable or not.
    const pair = remote([standby.address, server.address]);
    expect((await pair.send(post, { repeatable: false, accept })).address.href).to.equal(`${server.address}/`);
  });

  it('sends to one address where it must, whatever the others could', async () => {
    const [dead, server] = [await deadAddress(), await serve(echo)];
    const pair = remote([server.address, dead]);
    const only = new URL(dead);
    const error = await pair.send(get, { repeatable: true, only }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RemoteUnavailable);
    expect(server.asked).to.be.empty;
    const elsewhere = await pair.send(get, { repeatable: true, only: new URL('http://127.0.0.2:1') }).catch(String);
    expect(elsewhere).to.contain('not one of its addresses');
  });

  it('leaves an address alone after failures, and one probe brings it back', async () => {
    let healthy = false;
    const server = await serve((request, response) => (healthy ? response.end('ok') : request.socket.destroy()));
    const changes: boolean[] = [];
    const single = remote(
      [server.address],
      { failures: 3, openFor: 200, total: 0 },
      { onAvailability: (_, available) => changes.push(available) },
    );
    for (let i = 0; i < 6; i++) expect(await single.send(get, repeatable).catch(() => 'no')).to.equal('no');
    expect(server.asked).to.have.length(3);
    const error = await single.send(post, once).catch((reason: unknown) => reason);
    expect(error).to.include({ unsent: true });
    healthy = true;
    while ((await single.send(get, repeatable).catch(() => undefined)) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(server.asked).to.have.length(4);
    expect(changes).to.deep.equal([false, true]);
  });

  it('lets go of everything when it is closed', async () => {
    const hung = await serve(() => undefined);
    const single = remote([hung.address], { total: 20_000 });
    const pending = single.send(get, repeatable).catch((reason: unknown) => reason);
    while (hung.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await single.close();
    await single.close();
    expect(await pending).to.be.instanceOf(RemoteUnavailable);
    expect(await single.send(get, repeatable).catch((reason: unknown) => reason)).to.be.instanceOf(RemoteUnavailable);
  });
});
