import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildConfig } from '../../../backend/config/config.ts';
import { readSettings } from '../../../backend/config/read-settings.ts';
import { useKeytab } from '../../../bin/use-keytab.ts';
import { refusalOf } from './refusal.ts';

const configOf = (flags: Record<string, string>) => buildConfig(readSettings(flags, {}));

const refusal = (flags: Record<string, string>): string => refusalOf(() => configOf(flags));

describe('the configuration of Kerberos', () => {
  let folder: string;
  let keytab: string;
  const hbase = { hbase: 'https://rest.example.com:8080', hbaseKerberos: 'true' };
  const webhdfs = { webhdfs: 'https://nn.example.com:9871', webhdfsKerberos: 'true' };
  const kerberosPrincipal = 'kirka@EXAMPLE.COM';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-config-'));
    keytab = join(folder, 'kirka.keytab');
    writeFileSync(keytab, Buffer.from([5, 2, 0, 0]), { mode: 0o600 });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is none without a server that is called with it', () => {
    expect(configOf({})).to.have.property('kerberos', undefined);
  });

  it('is one principal for both servers, by keytab or by the environment', () => {
    const config = configOf({ ...hbase, ...webhdfs, kerberosPrincipal, kerberosKeytab: keytab });
    expect(config.kerberos).to.deep.equal({ principal: kerberosPrincipal, keytab });
    expect(config.hbase?.credentials).to.deep.equal({ scheme: 'kerberos', principal: kerberosPrincipal });
    expect(config.webhdfs?.credentials).to.deep.equal({ scheme: 'kerberos', principal: kerberosPrincipal });
    expect(configOf({ ...hbase, kerberosPrincipal }).kerberos).to.deep.equal({
      principal: kerberosPrincipal,
      keytab: undefined,
    });
  });

  it('calls only the server that it is set for', () => {
    const config = configOf({ ...hbase, webhdfs: webhdfs.webhdfs, webhdfsUser: 'kirka', kerberosPrincipal });
    expect(config.webhdfs?.credentials).to.equal(undefined);
  });

  it('refuses what does not go together', () => {
    expect(refusal({ hbaseKerberos: 'true', kerberosPrincipal })).to.match(/--hbase-kerberos needs --hbase\./);
    expect(refusal({ webhdfsKerberos: 'true', kerberosPrincipal })).to.match(/--webhdfs-kerberos needs --webhdfs/);
    expect(refusal({ kerberosPrincipal })).to.match(/need --hbase-kerberos or --webhdfs-kerberos/);
    expect(refusal(hbase)).to.match(/--kerberos-principal/);
    expect(refusal({ ...hbase, kerberosPrincipal, hbaseAuthFile: keytab })).to.match(
      /--hbase-kerberos and --hbase-auth-file exclude each other/,
    );
    expect(refusal({ ...webhdfs, kerberosPrincipal, webhdfsUser: 'kirka' })).to.match(
      /--webhdfs-kerberos and --webhdfs-user exclude each other/,
    );
    expect(refusal({ ...hbase, kerberosPrincipal: 'kirka/_HOST@EXAMPLE.COM' })).to.match(/not _HOST/);
  });

  it('refuses a keytab that is not there, that everybody can read, or that is none', () => {
    const withKeytab = (file: string) => refusal({ ...hbase, kerberosPrincipal, kerberosKeytab: file });
    expect(withKeytab(join(folder, 'none'))).to.match(/cannot read '.*none' \(ENOENT\)/);
    expect(withKeytab(folder)).to.match(/cannot read/);
    const text = join(folder, 'text');
    writeFileSync(text, 'kirka', { mode: 0o600 });
    expect(withKeytab(text)).to.match(/is no keytab/);
    chmodSync(keytab, 0o644);
    expect(withKeytab(keytab)).to.match(/everybody can read .*chmod 400/);
    chmodSync(keytab, 0o600);
    expect(withKeytab(keytab)).to.equal('accepted');
  });

  it('tells the library of the keytab, and keeps tickets out of files', () => {
    const environment: NodeJS.ProcessEnv = { KRB5CCNAME: 'FILE:/tmp/krb5cc_0' };
    useKeytab({ principal: kerberosPrincipal, keytab: undefined }, environment);
    expect(environment).to.deep.equal({ KRB5CCNAME: 'FILE:/tmp/krb5cc_0' });
    useKeytab({ principal: kerberosPrincipal, keytab: '/etc/kirka.keytab' }, environment);
    expect(environment).to.deep.equal({ KRB5CCNAME: 'MEMORY:kirka', KRB5_CLIENT_KTNAME: 'FILE:/etc/kirka.keytab' });
  });
});
