import { expect } from 'chai';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { openRemote } from '../../../../backend/remote/index.ts';
import type { Remote } from '../../../../backend/remote/index.ts';
import { StoreCorrupt, StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import { decodeCellSet, encodeCellSet } from '../../../../backend/stores/hbase/rest/cell-set.ts';
import { hbaseRest } from '../../../../backend/stores/hbase/rest/index.ts';
import type { HBaseRest } from '../../../../backend/stores/hbase/rest/index.ts';
import { closeServers, deadAddress, serve } from '../../remote/servers.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const base64 = (text: string): string => bytes(text).toString('base64');
const one = new Map([['d:a', bytes('1')]]);
const absent = { column: 'd:a', expected: undefined };

/** HBase REST's own texts, as 2.6.1 sends them. */
const trace = (status: string, exception: string): string =>
  `${status}\norg.apache.hadoop.hbase.${exception}: t secret-row\n\tat org.apache.hadoop.hbase.client.HTable.x(HTable.java:1)`;

const cellSet = (response: ServerResponse, keys: readonly string[], cells = ['d:a']): void => {
  const Cell = cells.map((column) => ({ column: bytes(column), $: bytes('1') }));
  response.setHeader('content-type', 'application/x-protobuf');
  response.end(encodeCellSet(keys.map((key) => ({ key: bytes(key), Cell }))));
};

const rowsInJson = (response: ServerResponse, keys: readonly string[]): void => {
  response.setHeader('content-type', 'application/json');
  const Cell = [{ column: base64('d:a'), timestamp: 1, $: base64('1') }];
  response.end(JSON.stringify({ Row: keys.map((key) => ({ key: base64(key), Cell })) }));
};

describe('HBase REST client', () => {
  const open: Remote[] = [];
  const client = (...addresses: string[]): HBaseRest => {
    const limits = { total: 300, pause: 10, answer: 2000 };
    open.push(openRemote({ name: 'HBase REST', addresses, limits }));
    return hbaseRest(open.at(-1)!);
  };
  const server = (answer: Answer) =>
    serve((request, response) => void buffer(request).then((body) => answer(request, response, body)));
  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      (value) => value,
      (reason: unknown) => reason,
    );
  const keysOf = async (rest: HBaseRest, expected?: number): Promise<string[]> => {
    const keys: string[] = [];
    const range = { start: 'a', end: 'z', ...(expected === undefined ? {} : { expect: expected }) };
    for await (const page of rest.scan('t', range)) keys.push(...page.map(({ key }) => key));
    return keys;
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((remote) => remote.close()));
    await closeServers();
  });

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
      expect(await client(missing.address).get('t', 'k')).to.equal(undefined);
      expect(await client(missing.address).getMany('t', ['k', 'l'])).to.be.empty;
      const disabled = await server((request, response) =>
        response.writeHead(request.url?.includes('*') === true ? 500 : 404).end('Not found'),
      );
      expect(await failure(client(disabled.address).get('t', 'k'))).to.be.instanceOf(StoreUnavailable);
      expect(await failure(client(disabled.address).getMany('t', ['k']))).to.be.instanceOf(StoreUnavailable);
    });

    it('names columns that a path cannot carry in a query, or asks for their family', async () => {
      const rest = await server((request, response) =>
        request.url?.includes('*') === true
          ? rowsInJson(response, ['k'])
          : cellSet(response, ['k'], ['d:a', 'd:x/*\n']),
      );
      await client(rest.address).get('t', 'k', { columns: ['d:x/*\n'] });
      const many = await client(rest.address).getMany('t', ['k'], { columns: ['d:x/*\n'] });
      expect([...(many.get('k')?.cells.keys() ?? [])]).to.deep.equal(['d:x/*\n']);
      await client(rest.address).get('t', 'k', { columns: ['d:a', 'h:'] });
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
          expect((await rest.get('t', 'k'))?.cells.get('d:a')?.toString()).to.equal('1');
          await rest.put('t', 'k', one);
        }
      }
    });

    it('takes a page of some gateway for no rows, nor rows that were not asked for', async () => {
      const html = await server((_, response) => response.setHeader('content-type', 'text/html').end('<html>Sign in'));
      const rest = client(html.address);
      for (const promise of [
        rest.get('t', 'k'),
        rest.getMany('t', ['k']),
        keysOf(rest),
        keysOf(rest, 1),
        rest.schema('t'),
      ]) {
        expect(await failure(promise)).to.be.instanceOf(Error);
      }
      for (const promise of [rest.get('t', 'k'), rest.getMany('t', ['k']), keysOf(rest, 1)]) {
        const error = await failure(promise);
        expect(error).to.be.instanceOf(StoreCorrupt);
        expect(String(error)).to.contain('does not answer as HBase REST does (200, text/html)');
      }
      const stranger = await server((_, response) => cellSet(response, ['x']));
      expect(await failure(client(stranger.address).getMany('t', ['k']))).to.be.instanceOf(StoreCorrupt);
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

  describe('scans', () => {
    /** A server with a scanner of pages; what a test wants to go wrong is `oddity`. */
    const scanning = (pages: readonly (readonly string[])[], oddity: (asked: number) => number | undefined) => {
      let at = 0;
      return server((request, response) => {
        if (request.url?.includes('*') === true) {
          const from = new URL(request.url, 'http://x').searchParams.get('startrow') ?? '';
          rowsInJson(
            response,
            [...new Set(pages.flat())].filter((key) => key >= from),
          );
        } else if (request.method === 'PUT') {
          at = 0;
          response.writeHead(201, { location: 'http://elsewhere:1/t/scanner/17abc' }).end();
        } else if (request.method === 'DELETE') response.end();
        else {
          const odd = oddity(at);
          const page = pages[at++];
          if (odd === 0) request.socket.destroy();
          else if (odd !== undefined) response.writeHead(odd).end('Gone');
          else if (page === undefined) response.writeHead(204).end();
          else cellSet(response, page);
        }
      });
    };
    const pages = [['a', 'b'], ['b', 'c'], ['d']];
    const once = ['a', 'b', 'c', 'd'];

    it('reads to the end, joins a row of two pages, and deletes the scanner', async () => {
      const rest = await scanning(pages, () => undefined);
      expect(await keysOf(client(rest.address))).to.deep.equal(once);
      expect(rest.asked.at(0)).to.equal('PUT /t/scanner');
      expect(rest.asked.at(-1)).to.equal('DELETE /t/scanner/17abc');
    });

    for (const [what, status] of [
      ['has been forgotten', 404],
      ['has run out', 410],
      ['fails', 503],
      ['breaks off', 0],
    ] as const) {
      for (const page of [0, 1, 2, 3]) {
        it(`goes on behind the last whole row where the scanner ${what} at page ${page}`, async () => {
          const rest = await scanning(pages, (asked) => (asked === page ? status : undefined));
          const other = await scanning(pages, () => 500);
          expect(await keysOf(client(rest.address, other.address))).to.deep.equal(once);
          // What it has asked a scanner for once it never asks it for again: the rows would be skipped.
          expect(rest.asked.filter((request) => request.startsWith('GET /t/scanner'))).to.have.length(page + 1);
          expect(other.asked.filter((request) => request.includes('scanner'))).to.be.empty;
          if (status > 0) expect(rest.asked.at(-1)).to.equal('DELETE /t/scanner/17abc');
        });
      }
    }

    it('asks the server that has the scanner, whoever else could be asked', async () => {
      const servers = [await scanning(pages, () => undefined), await scanning(pages, () => undefined)];
      const remote = openRemote({ name: 'R', addresses: servers.map(({ address }) => address), spread: true });
      open.push(remote);
      expect(await keysOf(hbaseRest(remote))).to.deep.equal(once);
      expect(servers.map(({ asked }) => asked.length).sort()).to.deep.equal([0, 6]);
    });

    it('deletes the scanner where the reader has had enough, and where it fails', async () => {
      const rest = await scanning([['a', 'b'], ['c', 'd'], ['e']], () => undefined);
      for await (const page of client(rest.address).scan('t', { start: 'a', end: 'z' })) {
        expect(page.map(({ key }) => key)).to.deep.equal(['a']);
        break;
      }
      expect(rest.asked.at(-1)).to.equal('DELETE /t/scanner/17abc');
    });

    it('asks with the limit that is expected, then for more, each page behind the last', async () => {
      const keys = Array.from({ length: 25 }, (_, index) => `k${String(index).padStart(2, '0')}`);
      const rest = await server((request, response) => {
        const query = new URL(request.url ?? '', 'http://x').searchParams;
        const rows = keys.filter((key) => key >= (query.get('startrow') ?? '')).slice(0, Number(query.get('limit')));
        rowsInJson(response, rows);
      });
      expect(await keysOf(client(rest.address), 10)).to.deep.equal(keys);
      expect(rest.asked).to.deep.equal([
        'GET /t/*?startrow=a&limit=10&endrow=z',
        'GET /t/*?startrow=k09%00&limit=1000&endrow=z',
      ]);
    });
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
