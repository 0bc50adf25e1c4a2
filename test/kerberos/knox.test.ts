import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEchoBackend } from '../gateway/echo-backend.ts';
import type { EchoBackend } from '../gateway/row.ts';
import { installStockService, stockVersion } from '../knox/support/stock-service.ts';
import { principalOf } from '../stack/kerberos/index.ts';
import { passwordOf, shippedTopology, startKnox, startLdap } from '../stack/knox/index.ts';
import type { Knox, KnoxOptions } from '../stack/knox/index.ts';
import { plain } from './support/client.ts';
import { basePort, theCluster } from './support/hooks.ts';

const progress = (line: string): void => {
  process.stdout.write(`  ${line}\n`);
};

/** What makes a Knox one of a Kerberised cluster: gateway-site.xml, and a login by keytab. */
const kerberise: NonNullable<KnoxOptions['prepare']> = ({ folder }) => {
  const { kdc } = theCluster();
  const login = join(folder, 'conf/krb5JAASLogin.conf');
  // Each option on a line of its own: Knox reads the principal out of this file as if it were one of properties.
  writeFileSync(
    login,
    `com.sun.security.jgss.initiate {
com.sun.security.auth.module.Krb5LoginModule required
doNotPrompt=true
useKeyTab=true
useTicketCache=false
storeKey=true
isInitiator=true
keyTab="${kdc.keytab('knox')}"
principal="${principalOf('knox')}";
};
`,
  );
  const site = join(folder, 'conf/gateway-site.xml');
  const properties = {
    'gateway.hadoop.kerberos.secured': 'true',
    'java.security.krb5.conf': kdc.krb5Conf,
    'java.security.auth.login.config': login,
    'sun.security.krb5.debug': 'false',
  };
  const added = Object.entries(properties)
    .map(([name, value]) => `<property><name>${name}</name><value>${value}</value></property>\n`)
    .join('');
  writeFileSync(site, readFileSync(site, 'utf8').replace('</configuration>', `${added}</configuration>`));
  installStockService(folder);
};

describe('Knox with Kerberos', () => {
  let knox: Knox;
  let echo: EchoBackend;
  const running: { stop: () => Promise<void> }[] = [];

  before(async function () {
    this.timeout(600_000);
    echo = await startEchoBackend();
    const ldapPort = basePort + 41;
    running.push(await startLdap(ldapPort, progress));
    const edits = { backendUrls: [echo.url], ldapPort };
    knox = await startKnox({
      port: basePort + 40,
      home: 'kerberos-home',
      topologies: {
        stock: shippedTopology('sandbox', { ...edits, version: stockVersion }),
        own: shippedTopology('sandbox', edits),
      },
      prepare: kerberise,
      progress,
    });
    running.push(knox);
  });

  after(async () => {
    for (const each of running.reverse()) await each.stop();
    await echo?.close();
  });

  const ask = (path: string) =>
    plain(`${knox.url}/gateway/${path}`, {
      headers: { authorization: `Basic ${Buffer.from(`sam:${passwordOf('sam')}`).toString('base64')}` },
      ca: readFileSync(knox.home.caFile, 'utf8'),
    });

  it("names the user by doAs= in place of user.name=, with Knox's own dispatch", async () => {
    echo.take();
    expect(await ask('stock/kirka/version?doAs=eve&user.name=eve')).to.have.property('status', 200);
    expect(echo.take().map(({ url }) => url)).to.deep.equal(['/version?doAs=sam']);
  });

  it("names the user in Kirka's headers, with Kirka's dispatch", async () => {
    echo.take();
    expect(await ask('own/kirka/version')).to.have.property('status', 200);
    const [seen] = echo.take();
    expect(seen?.headers.map(([name, value]) => [name.toLowerCase(), value])).to.deep.include(['x-kirka-user', 'sam']);
  });
});
