import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { openRemote } from '../../../../backend/remote/index.ts';
import { hbaseRest } from '../../../../backend/stores/hbase/rest/index.ts';
import { cellSet, client, closeAll, closing, keysOf, rowsInJson, server } from './servers.ts';

describe('scans of the HBase REST client', () => {
  afterEach(closeAll);

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
    const addresses = servers.map(({ address }) => address);
    const remote = closing(openRemote({ name: 'R', addresses, spread: true }));
    expect(await keysOf(hbaseRest(remote))).to.deep.equal(once);
    expect(servers.map(({ asked }) => asked.length).sort()).to.deep.equal([0, 6]);
  });

  it('deletes the scanner where the reader has had enough, and where it fails', async () => {
    const rest = await scanning([['a', 'b'], ['c', 'd'], ['e']], () => undefined);
    for await (const page of client(rest.address).scan(background, 't', { start: 'a', end: 'z' })) {
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
