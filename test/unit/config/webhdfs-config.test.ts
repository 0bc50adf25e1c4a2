import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildConfig } from '../../../backend/config/config.ts';
import { readSettings } from '../../../backend/config/read-settings.ts';
import type { WebhdfsConfig } from '../../../backend/config/webhdfs-config.ts';
import { failureOf } from '../../contract/artifact-store/helpers.ts';

const configOf = (flags: Record<string, string>): WebhdfsConfig | undefined =>
  buildConfig(readSettings(flags, {})).webhdfs;
const refusal = async (flags: Record<string, string>): Promise<string> =>
  String(await failureOf(Promise.resolve().then(() => configOf(flags))));

describe('the configuration of artifacts in HDFS', () => {
  let folder: string;
  const simple = { webhdfs: 'http://nn1:9870, http://nn2:9870', webhdfsUser: 'kirka' };

  before(() => (folder = mkdtempSync(join(tmpdir(), 'kirka-config-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('is off unless an address is set, and complains of what is set without it', async () => {
    expect(configOf({})).to.equal(undefined);
    for (const [name, value] of Object.entries({ webhdfsUser: 'kirka', webhdfsDoAs: 'true', webhdfsCa: 'x' })) {
      expect(await refusal({ [name]: value })).to.include('need --webhdfs');
    }
  });

  it('reads addresses, root, user and limits', () => {
    expect(configOf({ ...simple, webhdfsTimeout: '5' })).to.deep.equal({
      addresses: ['http://nn1:9870', 'http://nn2:9870'],
      root: '/kirka/artifacts',
      user: 'kirka',
      credentials: undefined,
      ca: undefined,
      doAs: undefined,
      timeout: 5000,
      maxSockets: 64,
      spoolLimit: 4 * 1024 ** 3,
    });
  });

  it('reads credentials from a file', async () => {
    const webhdfs = 'https://knox:8443/gateway/t/webhdfs/v1';
    const webhdfsAuthFile = join(folder, 'login');
    writeFileSync(webhdfsAuthFile, 'Bearer a.b-c=', { mode: 0o600 });
    expect(configOf({ webhdfs, webhdfsAuthFile })?.credentials).to.deep.equal({ scheme: 'bearer', token: 'a.b-c=' });
    expect(await refusal({ webhdfs, webhdfsAuthFile: '/nowhere' })).to.include('--webhdfs-auth-file: cannot read');
  });

  it('refuses what could not work', async () => {
    expect(await refusal({ webhdfs: 'http://nn:9870' })).to.include('--webhdfs-user');
    expect(await refusal({ ...simple, webhdfs: 'hdfs://nn:8020' })).to.include('--webhdfs (KIRKA_WEBHDFS) must be');
    expect(await refusal({ ...simple, webhdfs: 'http://a:hidden@nn:9870' }))
      .to.include('without user')
      .and.not.include('hidden');
    expect(await refusal({ ...simple, webhdfsDoAs: 'true' })).to.include('--identity dispatch or stock');
    for (const webhdfsRoot of ['/', 'kirka', '/a/../b', '/a/', '/a:b', '/a//b']) {
      expect(await refusal({ ...simple, webhdfsRoot }), webhdfsRoot).to.include('--webhdfs-root');
    }
    for (const webhdfsUser of ['a@b', 'a b', '']) {
      expect(await refusal({ ...simple, webhdfsUser }), webhdfsUser).to.not.equal('accepted');
    }
  });
});
