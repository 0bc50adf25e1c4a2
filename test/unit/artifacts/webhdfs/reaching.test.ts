import { expect } from 'chai';
import { asUser } from '../../../support/contexts.ts';
import { background } from '../../../../backend/call-context.ts';
import { DataNodes } from '../../../../backend/artifacts/webhdfs/data-nodes.ts';
import type { NameNode } from '../../../../backend/artifacts/webhdfs/name-node.ts';
import { basic } from '../../../../backend/remote/index.ts';
import { expectProblem, failureOf, get, names, path, put } from '../../../contract/artifact-store/helpers.ts';
import { remoteException } from '../../../support/fake-webhdfs/index.ts';
import type { Asked } from '../../../support/fake-webhdfs/index.ts';
import { onFake, root } from './fake-store.ts';

const toDataNode = ({ server }: Asked): boolean => server === 'dn';

describe('the way to HDFS', () => {
  describe('with two NameNodes', () => {
    const on = onFake();

    it('finds the active one, and again after a failover', async () => {
      await put(on.store, 'f', 'x');
      on.fake.active = 1;
      await put(on.store, 'd/g', 'y');
      expect(await get(on.store, 'f')).to.equal('x');
      expect(await names(on.store)).to.deep.equal(['d/', 'f=1']);
      on.fake.asked.length = 0;
      await on.store.stat(background, path('f'));
      expect(on.fake.asked.map(({ server }) => server)).to.deep.equal(['nn1']);
    });

    it('asks the other one where a proxy answers 503 for the first', async () => {
      on.fake.active = 1;
      on.fake.fault = ({ server }) => (server === 'nn0' ? { status: 503, body: 'Service Unavailable' } : undefined);
      expect(await names(on.store)).to.deep.equal([]);
    });

    it('says that HDFS did not answer where none is active, and not where it is', async () => {
      on.fake.fault = () => ({ status: 403, body: remoteException('StandbyException') });
      const error = await expectProblem('unavailable', on.store.list(background, path('')));
      expect(error.message).to.equal('HDFS did not answer');
    });
  });

  describe('by redirects', () => {
    const on = onFake({ authenticator: basic('kirka', 'secret-word') });

    it('sends credentials to the NameNode alone', async () => {
      await put(on.store, 'f', 'x');
      await get(on.store, 'f');
      expect(on.fake.asked.filter(toDataNode)).to.have.length(2);
      for (const asked of on.fake.asked) {
        expect(asked.authorization, asked.op).to.equal(
          toDataNode(asked) ? undefined : `Basic ${btoa('kirka:secret-word')}`,
        );
      }
    });

    it('sends them along where it is redirected to a configured address, as Knox does', async () => {
      const [knox = ''] = on.fake.addresses;
      on.fake.fault = ({ op, query, url }) => {
        if (op !== 'CREATE' || query.has('through')) return undefined;
        return { status: 307, location: `${knox}/gateway/t/webhdfs/data${url}&through=1` };
      };
      await failureOf(put(on.store, 'f', 'x'));
      const through = on.fake.asked.find(({ query }) => query.has('through'));
      expect(through?.path).to.match(/^\/gateway\/t\/webhdfs\/data/);
      expect(through?.authorization).to.equal(`Basic ${btoa('kirka:secret-word')}`);
    });

    for (const location of [
      'ftp://localhost/x',
      'file:///etc/passwd',
      'http://user:word@127.0.0.1:1/x',
      '/webhdfs/v1/relative',
      'nonsense',
    ]) {
      it(`follows no redirect to ${location}`, async () => {
        on.fake.fault = ({ op }) => (op === 'CREATE' ? { status: 307, location } : undefined);
        const error = await expectProblem('unavailable', put(on.store, 'f', 'x'));
        expect(error.message).to.include('redirect');
      });
    }

    it('follows no Location of an answer that is no redirect', async () => {
      const [location = ''] = on.fake.addresses;
      on.fake.fault = ({ op }) => (op === 'CREATE' ? { status: 200, location } : undefined);
      const error = await expectProblem('unavailable', put(on.store, 'f', 'x'));
      expect(error.message).to.include('names no DataNode');
    });

    it('follows no redirect from https to http', async () => {
      const address = new URL('https://nn.example/webhdfs/v1');
      const headers = { location: 'http://dn.example/webhdfs/v1/f?op=OPEN' };
      const nameNode = { ask: async () => ({ status: 307, headers, body: Buffer.alloc(0), address }) };
      const dataNodes = new DataNodes({
        nameNode: nameNode as unknown as NameNode,
        secure: false,
        open: () => expect.fail('It went there.'),
      });
      const itself = { user: 'kirka', actingFor: undefined, parameters: () => ({}) };
      const error = await expectProblem(
        'unavailable',
        dataNodes.open('/f', 0, 1, itself, new AbortController().signal),
      );
      expect(error.message).to.include('from https to http');
    });

    it('asks for another DataNode where one is not reached, leaving that one out', async () => {
      let redirects = 0;
      on.fake.fault = ({ op, server }) => {
        if (op !== 'CREATE' || server === 'dn' || redirects++ > 0) return undefined;
        return { status: 307, location: 'http://127.0.0.1:1/webhdfs/v1/x?op=CREATE' };
      };
      await put(on.store, 'f', 'x');
      expect(on.fake.asked.some(({ query }) => query.get('excludedatanodes') === '127.0.0.1')).to.equal(true);
      expect(await get(on.store, 'f')).to.equal('x');
    });
  });

  describe('for users', () => {
    const on = onFake({ doAs: { domains: new Set(['example.com']) } });

    it('asks in the name of who asks, and for itself in its own', async () => {
      const alice = asUser('alice@example.com');
      await put(on.store, 'd/f', 'x', alice);
      await get(on.store, 'd/f', undefined, alice);
      await on.store.remove(alice, path('d'));
      expect(on.fake.asked.map(({ query }) => query.get('doas'))).to.satisfy((all: unknown[]) =>
        all.every((user) => user === 'alice'),
      );
      on.fake.asked.length = 0;
      await on.store.check();
      expect(on.fake.asked.map(({ query }) => query.get('doas'))).to.deep.equal([null]);
      expect(on.fake.tree.get(`${root}/.kirka-staging`).permission).to.equal('1777');
    });

    it('refuses whom HDFS cannot know, before anything is sent', async () => {
      for (const user of [undefined, 'a b', 'alice@elsewhere.com']) {
        await expectProblem('forbidden', on.store.list(asUser(user), path('')));
        await expectProblem('forbidden', put(on.store, 'f', 'x', asUser(user)));
      }
      expect(on.fake.asked).to.deep.equal([]);
    });

    it("tells the user's own denial from the backend's", async () => {
      const answers = { AccessControlException: 'forbidden', AuthorizationException: 'unavailable' } as const;
      for (const [exception, problem] of Object.entries(answers)) {
        on.fake.fault = () => ({ status: 403, body: remoteException(exception) });
        await expectProblem(problem, put(on.store, 'f', 'x', asUser('bob')));
        await expectProblem('unavailable', on.store.check());
      }
    });

    it('says which setting is missing where the backend may not act for others', async () => {
      on.fake.fault = () => ({ status: 403, body: remoteException('AuthorizationException') });
      const error = await expectProblem('unavailable', put(on.store, 'f', 'x', asUser('bob')));
      expect(error.message).to.include('hadoop.proxyuser');
    });
  });

  describe('errors', () => {
    const on = onFake();
    for (const [exception, status, problem] of [
      ['NSQuotaExceededException', 403, 'quota'],
      ['QuotaByStorageTypeExceededException', 403, 'quota'],
      ['MaxDirectoryItemsExceededException', 403, 'quota'],
      ['SafeModeException', 403, 'unavailable'],
      ['AccessControlException', 403, 'unavailable'],
      ['PathComponentTooLongException', 403, 'bad-path'],
      ['InvalidPathException', 400, 'bad-path'],
      ['ParentNotDirectoryException', 403, 'not-a-directory'],
      ['NeverHeardOfException', 500, 'unavailable'],
    ] as const) {
      it(`says ${problem} for ${exception}`, async () => {
        on.fake.fault = () => ({ status, body: remoteException(exception, 'inode="/secret/path"') });
        const error = await expectProblem(problem, put(on.store, 'f', 'x'));
        expect(error.message).to.not.include('secret');
      });
    }
  });
});
