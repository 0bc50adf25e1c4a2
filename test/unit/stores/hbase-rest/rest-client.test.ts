import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import { decodeCellSet } from '../../../../backend/stores/hbase/rest/cell-set.ts';
import { deadAddress } from '../../remote/servers.ts';
import type { Answer } from './servers.ts';
import { bytes, cellSet, client, closeAll, keysOf, rowsInJson, server } from './servers.ts';

const one = new Map([['d:a', bytes('1')]]);
const absent = { column: 'd:a', expected: undefined };

/** HBase REST's own texts, as 2.6.1 sends them. */
const trace = (status: string, exception: string): string =>
  `${status}\norg.apache.hadoop.hbase.${exception}: t secret-row\n\tat org.apache.hadoop.hbase.client.HTable.x(HTable.java:1)`;

describe('HBase REST client', () => {
  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      (value) => value,
      (reason: unknown) => reason,
    );
  afterEach(closeAll);

  describe('check and put', () => {
    it('sends the check last, empty for absent, and reads 200 and 304', async () => {
      const bodies: Buffer[] = [];
      const rest = await server((_, response, body) => {
        bodies.push(body);
        response.writeHead(bodies.length === 1 ? 200 : 304, { 'content-length': bodies.length === 1 ? 0 : 20 }).end();
      });
      const cells = new Map([...one, ['d:b', Buffer.from([0, 255])]]);
      expect(await client(rest.address).checkAndPut('t', 'k', cells, absent)).to.equal(true);
      const check = { column: 'd:b', expected: Buffer.from([255, 0]) };
      expect(await client(rest.address).checkAndPut('t', 'k', cells, check)).to.equal(false);
      expect(rest.asked).to.deep.equal(['PUT /t/k?check=put', 'PUT /t/k?check=put']);
      const put = [
        { column: bytes('d:a'), $: bytes('1') },
        { column: bytes('d:b'), $: Buffer.from([0, 255]) },
      ];
      expect(bodies.map((body) => decodeCellSet(body))).to.deep.equal([
        [{ key: bytes('k'), Cell: [...put, { column: bytes('d:a'), $: Buffer.alloc(0) }] }],
        [{ key: bytes('k'), Cell: [...put, { column: bytes('d:b'), $: Buffer.from([255, 0]) }] }],
      ]);
    });

    for (const [what, answer] of [
      ['breaks off', (_, response) => void response.socket?.destroy()],
      [
        'is a 503',
        (_, response) => void response.writeHead(503).end(trace('Unavailable', 'RetriesExhaustedException')),
      ],
      ['is a gateway time-out', (_, response) => void response.writeHead(504).end('<html></html>')],
    ] satisfies readonly (readonly [string, Answer])[]) {
      it(`is not known where the answer ${what}, and never sent again`, async () => {
        const [rest, other] = [await server(answer), await server((_, response) => response.end())];
        expect(await client(rest.address, other.address).checkAndPut('t', 'k', one, absent)).to.equal('unknown');
        expect([rest.asked.length, other.asked.length]).to.deep.equal([1, 0]);
      });
    }

    it('goes to another address while nothing has been sent, and says where nothing was', async () => {
      const rest = await server((_, response) => response.end());
      expect(await client(await deadAddress(), rest.address).checkAndPut('t', 'k', one, absent)).to.equal(true);
      const error = await failure(client(await deadAddress()).checkAndPut('t', 'k', one, absent));
      expect(error).to.be.instanceOf(StoreUnavailable);
    });
  });

  describe('reads of rows', () => {
    it("believes no 404 of a get: a table that is disabled answers it too, and a scan doesn't", async () => {
      const missing = await server((request, response) =>
        request.url?.includes('*') === true ? rowsInJson(response, []) : response.writeHead(404).end('Not found'),
      );
      expect(await client(missing.address).get(background, 't', 'k')).to.equal(undefined);
      expect(await client(missing.address).getMany(background, 't', ['k', 'l'])).to.be.empty;
      const disabled = await server((request, response) =>
        response.writeHead(request.url?.includes('*') === true ? 500 : 404).end('Not found'),
      );
      expect(await failure(client(disabled.address).get(background, 't', 'k'))).to.be.instanceOf(StoreUnavailable);
      expect(await failure(client(disabled.address).getMany(background, 't', ['k']))).to.be.instanceOf(
        StoreUnavailable,
      );
    });

    it('names columns that a path cannot carry in a query, or asks for their family', async () => {
      const rest = await server((request, response) =>
        request.url?.includes('*') === true
          ? rowsInJson(response, ['k'])
          : cellSet(response, ['k'], ['d:a', 'd:x/*\n']),
      );
      await client(rest.address).get(background, 't', 'k', { columns: ['d:x/*\n'] });
      const many = await client(rest.address).getMany(background, 't', ['k'], { columns: ['d:x/*\n'] });
      expect([...(many.get('k')?.cells.keys() ?? [])]).to.deep.equal(['d:x/*\n']);
      await client(rest.address).get(background, 't', 'k', { columns: ['d:a', 'h:'] });
      expect(rest.asked).to.deep.equal([
        'GET /t/*?startrow=k&limit=1&endrow=k%00&column=d%3Ax%2F*%0A',
        'GET /t/multiget/d?row=k',
        'GET /t/k/d%3Aa,h?',
      ]);
    });

    it('goes to another server after a 503 or a 500, and repeats puts', async () => {
      for (const status of [503, 500]) {
        const bad = await server((_, response) => response.writeHead(status).end());
        const good = await server((request, response) =>
          request.method === 'PUT' ? response.end() : cellSet(response, ['k']),
        );
        const rest = client(bad.address, good.address);
        for (let i = 0; i < 4; i++) {
          expect((await rest.get(background, 't', 'k'))?.cells.get('d:a')?.toString()).to.equal('1');
          await rest.put('t', 'k', one);
        }
      }
    });

    it('takes a page of some gateway for no rows, nor rows that were not asked for', async () => {
      const html = await server((_, response) => response.setHeader('content-type', 'text/html').end('<html>Sign in'));
      const rest = client(html.address);
      for (const promise of [
        rest.get(background, 't', 'k'),
        rest.getMany(background, 't', ['k']),
        keysOf(rest),
        keysOf(rest, 1),
        rest.schema('t'),
      ]) {
        expect(await failure(promise)).to.be.instanceOf(Error);
      }
      for (const promise of [rest.get(background, 't', 'k'), rest.getMany(background, 't', ['k']), keysOf(rest, 1)]) {
        const error = await failure(promise);
        expect(error).to.be.instanceOf(StoreCorrupt);
        expect(String(error)).to.contain('does not answer as HBase REST does (200, text/html)');
      }
      const stranger = await server((_, response) => cellSet(response, ['x']));
      expect(await failure(client(stranger.address).getMany(background, 't', ['k']))).to.be.instanceOf(StoreCorrupt);
    });
  });

  describe('what it says to an operator', () => {
    const cases: readonly (readonly [number, string, string, RegExp])[] = [
      [404, 'text/plain', trace('Not found', 'TableNotFoundException'), /no table t: run 'kirka store init'/],
      [503, 'text/plain', trace('Unavailable', 'TableNotEnabledException'), /table t is disabled/],
      [404, 'text/plain', trace('Not found', 'regionserver.NoSuchColumnFamilyException'), /lacks a column family/],
      [403, 'text/plain', trace('Forbidden', 'security.AccessDeniedException'), /refuses access to the table t/],
      [503, 'text/plain', trace('Unavailable', 'RegionTooBusyException'), /RegionTooBusyException/],
      [401, 'text/html', '<html>secret-row</html>', /refuses the credentials/],
      [404, 'text/html', '<html>secret-row</html>', /look at the address and its path/],
      [400, 'text/plain', 'Bad request', /cannot serve the table t \(400\)/],
    ];
    for (const [status, type, text, message] of cases) {
      it(`${status} ${type}: ${String(message)}`, async () => {
        const rest = await server((_, response) => response.writeHead(status, { 'content-type': type }).end(text));
        const error = await failure(client(rest.address).put('t', 'k', one));
        expect(error).to.be.instanceOf(Error);
        expect(String(error)).to.match(message).and.not.contain('secret-row');
      });
    }
  });

  it('creates a table as npm hbase does, and never touches one that is there', async () => {
    const bodies: string[] = [];
    let there = false;
    const rest = await server((request, response, body) => {
      if (request.method === 'PUT') {
        bodies.push(body.toString());
        there = true;
        response.writeHead(201).end();
      } else if (there)
        response.setHeader('content-type', 'application/json').end('{"name":"t","ColumnSchema":[{"name":"d"}]}');
      else response.writeHead(404).end(trace('Not found', 'TableNotFoundException'));
    });
    const schema = { attributes: { DURABILITY: 'FSYNC_WAL' }, families: { d: { VERSIONS: '1' } } };
    for (let i = 0; i < 2; i++) await client(rest.address).createTable('t', schema);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).to.deep.equal([
      { name: 't', DURABILITY: 'FSYNC_WAL', ColumnSchema: [{ name: 'd', VERSIONS: '1' }] },
    ]);
    const gateway = await server((_, response) => response.writeHead(404).end('no such path'));
    expect(await failure(client(gateway.address).schema('t'))).to.be.instanceOf(StoreCorrupt);
  });
});
