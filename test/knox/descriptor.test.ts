import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityHeaders } from '../../backend/manifest/index.ts';
import { emit } from '../../rewrite-generator/emit/index.ts';
import { backendUrl } from '../../rewrite-generator/emit/topology.ts';
import { ask } from './support/ask.ts';
import { stack } from './support/hooks.ts';
import { ports } from './support/stack.ts';

describe('the shared provider and the descriptor', () => {
  it('make the same topology as the one written out', async () => {
    const { knox, echo } = stack();
    const files = emit();
    const install = (path: string, as: string, replace: readonly [string, string]): void => {
      const content = files.get(path) ?? '';
      expect(content, path).to.include(replace[0]);
      writeFileSync(`${knox.home.folder}conf/${as}`, content.replaceAll(...replace));
    };
    const ldap = ['ldap://localhost:33389', `ldap://127.0.0.1:${String(ports.ldap)}`] as const;
    install('shared-providers/kirka-ldap.json', 'shared-providers/kirka-ldap.json', ldap);
    install('descriptors/sandbox.json', 'descriptors/described.json', [backendUrl, echo.url]);

    echo.answer({ status: 200 });
    while ((await ask({ path: '/described/kirka/version', user: 'sam' })).status === 404) await sleep(250);
    echo.take();
    expect((await ask({ path: '/described/kirka/version', user: 'sam' })).status).to.equal(200);
    expect((await ask({ path: '/described/kirka/version', user: 'sam', password: 'wrong' })).status).to.equal(401);
    const [seen, ...more] = echo.take();
    expect(more).to.deep.equal([]);
    expect(seen?.headers).to.deep.include([identityHeaders.user.toLowerCase(), 'sam']);
    expect(seen?.headers).to.deep.include([identityHeaders.groups.toLowerCase(), 'analyst,scientist']);

    const generated = readFileSync(`${knox.home.folder}conf/topologies/described.xml`, 'utf8');
    expect(generated).to.match(/httpclient\.socketTimeout<\/name>\s*<value>120s/);
  });
});
