import { expect } from 'chai';
import type { Remote, RemoteRequest } from '../../backend/remote/index.ts';
import { failureOf, logIn, remoteTo } from './support/client.ts';
import type { LoginOptions } from './support/client.ts';
import { theHBase } from './support/hbase.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const json = { 'content-type': 'application/json', accept: 'application/json' };

/** A row of one cell, as HBase REST takes it. */
const row = (key: string, column: string, value: string): Buffer =>
  Buffer.from(JSON.stringify({ Row: [{ key: base64(key), Cell: [{ column: base64(column), $: base64(value) }] }] }));

describe('HBase REST with Kerberos', () => {
  const open: Remote[] = [];

  function rest(keytab: Parameters<typeof logIn>[0], options?: LoginOptions) {
    const { kerberos, tokens } = logIn(keytab, options);
    const remote = remoteTo(theHBase().rest, kerberos);
    open.push(remote);
    const send = (request: RemoteRequest) => remote.send({ headers: json, ...request }, { repeatable: false });
    return { kerberos, tokens, send };
  }

  before(async function () {
    this.timeout(240_000);
    await theHBase().started();
    const { send } = rest('hbase');
    const schema = Buffer.from(JSON.stringify({ name: 'kerberised', ColumnSchema: [{ name: 'd' }] }));
    expect((await send({ method: 'PUT', path: '/kerberised/schema', body: schema })).status).to.equal(201);
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((remote) => remote.close()));
  });

  it('is closed to whoever shows no ticket', async () => {
    const remote = remoteTo(theHBase().rest);
    open.push(remote);
    const { status } = await remote.send({ method: 'GET', path: '/version/cluster' }, { repeatable: false });
    expect(status).to.equal(401);
  });

  it('lets the principal do what it has been granted, and no more', async () => {
    const kirka = rest('kirka');
    const write = { method: 'PUT', path: '/kerberised/r', body: row('r', 'd:a', 'v') } as const;
    const refused = await kirka.send(write);
    expect(refused.status).to.equal(403);
    expect(refused.body.toString()).to.include('user=kirka');
    await theHBase().grant('kirka', 'kerberised', 'RW');
    const again = rest('kirka');
    expect((await again.send(write)).status).to.equal(200);
    const read = await again.send({ method: 'GET', path: '/kerberised/r' });
    expect(JSON.parse(read.body.toString())).to.have.nested.property('Row[0].Cell[0].$', base64('v'));
    expect(again.tokens()).to.equal(1);
  });

  it('puts a row once, though the cookie is refused at first', async () => {
    await theHBase().grant('kirka', 'kerberised', 'RW');
    const { kerberos, send, tokens } = rest('kirka');
    const until = String(Date.now() + 3_600_000);
    const forged = `hadoop.auth="u=hbase&p=hbase@KIRKA.TEST&t=kerberos&e=${until}&s=forged"; Path=/`;
    await kerberos.learn(new URL(theHBase().rest), { status: 200, headers: { 'set-cookie': [forged] } });
    // Put if absent: the second one of two would be answered 304.
    const path = '/kerberised/once?check=put';
    const cell = { column: base64('d:a'), $: base64('v') };
    const absent = { column: base64('d:a'), $: '' };
    const body = Buffer.from(JSON.stringify({ Row: [{ key: base64('once'), Cell: [cell, absent] }] }));
    expect((await send({ method: 'PUT', path, body })).status).to.equal(200);
    expect(tokens()).to.equal(1);
    expect((await send({ method: 'PUT', path, body })).status).to.equal(304);
  });

  it('says what is wrong with a keytab whose key has changed', async () => {
    const { send } = rest('former');
    const { message } = await failureOf(send({ method: 'GET', path: '/version/cluster' }));
    expect(message).to.match(/as kirka@KIRKA\.TEST: .*export the keytab anew/);
  });
});
