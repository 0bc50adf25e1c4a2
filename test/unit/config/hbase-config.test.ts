import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hbaseConfigOf } from '../../../backend/config/hbase-config.ts';
import type { HBaseConfig } from '../../../backend/config/hbase-config.ts';
import { readSettings } from '../../../backend/config/read-settings.ts';
import { refusalOf } from './refusal.ts';

const configOf = (flags: Record<string, string>, env: Record<string, string> = {}): HBaseConfig | undefined =>
  hbaseConfigOf(readSettings(flags, env));

const refusal = (flags: Record<string, string>): string => refusalOf(() => configOf(flags));

describe('the configuration of HBase', () => {
  let folder: string;
  const hbase = 'http://rest1:8080';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-config-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is there only where HBase is selected', () => {
    expect(configOf({})).to.equal(undefined);
    expect(refusal({ hbaseCa: '/x' })).to.include('--hbase-ca needs --hbase');
    expect(refusal({ hbaseAuthFile: '/x' })).to.include('--hbase-auth-file needs --hbase');
  });

  it('takes several servers, each with its path', () => {
    const env = { KIRKA_HBASE: 'https://knox:8443/gateway/sandbox/hbase, http://rest2:8080' };
    expect(configOf({ hbaseTimeout: '5', hbaseSockets: '4' }, env)).to.deep.equal({
      addresses: ['https://knox:8443/gateway/sandbox/hbase', 'http://rest2:8080'],
      tablePrefix: 'kirka',
      ca: undefined,
      credentials: undefined,
      timeout: 5000,
      sockets: 4,
    });
  });

  it('refuses what is no address, and credentials in one, without saying them', () => {
    for (const wrong of ['rest1:8080', 'ftp://rest1', 'http://', 'http://rest1:99999', 'http://a?b']) {
      expect(refusal({ hbase: wrong }), wrong).to.include('--hbase (KIRKA_HBASE)');
    }
    expect(refusal({ hbase: 'http://ann:pa55@rest1' }))
      .to.include('--hbase-auth-file')
      .and.not.include('pa55');
    expect(refusal({ hbase, hbaseTablePrefix: 'a b' })).to.include('--hbase-table-prefix');
  });

  it('reads credentials and authorities from files', () => {
    const hbaseAuthFile = join(folder, 'auth');
    writeFileSync(hbaseAuthFile, 'ann:pa55', { mode: 0o600 });
    expect(configOf({ hbase, hbaseAuthFile })?.credentials).to.deep.include({ scheme: 'basic', user: 'ann' });
    expect(refusal({ hbase, hbaseAuthFile: '/nowhere' })).to.include(
      "--hbase-auth-file: cannot read '/nowhere' (ENOENT)",
    );
    expect(refusal({ hbase, hbaseCa: '/nowhere' })).to.include('--hbase-ca');
  });
});
