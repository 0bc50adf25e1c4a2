import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { buildConfig } from '../../../backend/config/config.ts';
import type { Config } from '../../../backend/config/config.ts';
import { readSettings } from '../../../backend/config/read-settings.ts';
import { defaultRules } from '../../../backend/services/validation/rules.ts';
import { browserSettings } from '../../../backend/config/browser-settings.ts';
import { mlflowSettings } from '../../../backend/config/mlflow-settings.ts';
import { settings } from '../../../backend/config/settings.ts';
import { refusalOf } from './refusal.ts';

const pem = (name: string): string => fileURLToPath(new URL(`../../data/tls/${name}`, import.meta.url));

const configOf = (flags: Record<string, string>, env: Record<string, string> = {}): Config =>
  buildConfig(readSettings(flags, env));

const refusal = (flags: Record<string, string>, env: Record<string, string> = {}): string =>
  refusalOf(() => configOf(flags, env));

describe('the configuration', () => {
  let folder: string;
  let secretFile: string;
  const tls = { tlsCert: pem('server.crt'), tlsKey: pem('server.key') };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-config-'));
    secretFile = join(folder, 'secret');
    writeFileSync(secretFile, '0123456789abcdef0123456789abcdef\n', { mode: 0o600 });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('takes the flag before the variable, and that before the default', () => {
    expect(configOf({}).port).to.equal(5080);
    expect(configOf({}, { KIRKA_PORT: '1' }).port).to.equal(1);
    expect(configOf({ port: '2' }, { KIRKA_PORT: '1' }).port).to.equal(2);
    expect(configOf({}, { KIRKA_PORT: '' }).port).to.equal(5080);
  });

  it('reads sizes and times', () => {
    expect(configOf({ maxBody: '10' }).maxBodyBytes).to.equal(10);
    expect(configOf({ maxBody: '3MB' }).maxBodyBytes).to.equal(3 * 1024 * 1024);
    expect(configOf({ idleTimeout: '1.5' }).idleTimeout).to.equal(1500);
  });

  it('names the flag and the variable of what it cannot read', () => {
    for (const [name, value] of Object.entries({ port: '70000', maxBody: '1tb', idleTimeout: 'x', identity: 'me' })) {
      const setting = settings[name as keyof typeof settings];
      expect(refusal({ [name]: value })).to.include(`--${setting.flag} (${setting.env}) must be`);
    }
  });

  it('keeps flag, variable and name of every setting alike', () => {
    for (const [name, { flag, env }] of Object.entries(settings)) {
      const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const prefix = name in browserSettings ? 'MLFLOW_SERVER' : name in mlflowSettings ? 'MLFLOW' : 'KIRKA';
      expect([flag, env]).to.deep.equal([kebab, `${prefix}_${kebab.toUpperCase().replaceAll('-', '_')}`]);
    }
  });

  it("takes the limits that MLflow's own variables set", () => {
    const env = {
      MLFLOW_TRUNCATE_LONG_VALUES: 'False',
      MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES: 'HDFS, viewfs',
    };
    expect(buildConfig(readSettings({ artifactLocationMaxLength: '99' }, env)).rules).to.deep.equal({
      truncateLongValues: false,
      maxArtifactLocation: 99,
      allowedHostSchemes: new Set(['hdfs', 'viewfs']),
    });
    expect(buildConfig(readSettings({}, {})).rules).to.deep.equal(defaultRules);
  });

  it("takes the hosts and origins that MLflow's own variables list, beside flags of the same names", () => {
    const env = {
      MLFLOW_SERVER_ALLOWED_HOSTS: 'kirka.example.org:*, *.lan,',
      MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: 'https://app.example.org',
    };
    expect(configOf({}, env).browsers).to.deep.equal({
      allowedHosts: ['kirka.example.org:*', '*.lan'],
      corsAllowedOrigins: ['https://app.example.org'],
    });
    expect(configOf({ allowedHosts: '*' }, env).browsers.allowedHosts).to.deep.equal(['*']);
    expect(configOf({}).browsers).to.deep.equal({ allowedHosts: undefined, corsAllowedOrigins: [] });
    expect(refusal({ allowedHosts: ' , ' })).to.include('--allowed-hosts (MLFLOW_SERVER_ALLOWED_HOSTS) must be names');
  });

  it('does not start off loopback without TLS and a proof of the gateway, and says what to set', () => {
    const safe = { identity: 'dispatch', gatewaySecretFile: secretFile };
    for (const host of ['0.0.0.0', '::', '10.1.2.3', 'node1.example.org']) {
      expect(refusal({ host })).to.include('--tls-cert').and.include('--identity dispatch or stock');
      expect(refusal({ host, ...tls }))
        .to.include('--identity')
        .and.not.include('--tls-cert');
      expect(refusal({ host, ...safe }))
        .to.include('--tls-cert')
        .and.not.include('--identity');
      expect(refusal({ host, ...tls, ...safe })).to.equal('accepted');
    }
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(refusal({ host })).to.equal('accepted');
  });

  it('believes no gateway that does not prove itself', () => {
    expect(refusal({ identity: 'dispatch' }))
      .to.include('--gateway-secret-file')
      .and.include('KIRKA_TLS_CLIENT_CA');
    expect(refusal({ identity: 'stock', ...tls })).to.include('--gateway-secret-file');
    expect(refusal({ gatewaySecretFile: secretFile })).to.include('open believes nobody');
  });

  it('refuses halves of a configuration', () => {
    expect(refusal({ tlsCert: tls.tlsCert })).to.include('go together');
    expect(refusal({ identity: 'dispatch', tlsClientCa: pem('ca.crt') })).to.include('needs --tls-cert');
    expect(refusal({ gatewaySubjects: 'CN=knox' })).to.include('needs --tls-client-ca');
  });

  it('refuses a secret that can be guessed or is no header value, and files that are not there', () => {
    for (const weak of ['', 'short', 'two lines of\nsome length, really', 'ünïcödé-ünïcödé-ünïcödé-ünïcödé']) {
      writeFileSync(join(folder, 'weak'), weak, { mode: 0o600 });
      expect(refusal({ identity: 'dispatch', gatewaySecretFile: join(folder, 'weak') })).to.include('at least 22');
    }
    expect(refusal({ identity: 'dispatch', gatewaySecretFile: '/nowhere' })).to.include("'/nowhere' (ENOENT)");
  });

  it('refuses a secret that everybody can read', () => {
    const open = join(folder, 'open');
    writeFileSync(open, '0123456789abcdef0123456789abcdef', { mode: 0o644 });
    expect(refusal({ identity: 'dispatch', gatewaySecretFile: open })).to.include(`everybody can read '${open}'`);
  });

  // Node takes an empty CA for none, and trusts its own list: a certificate from anywhere would name any user.
  it('refuses certificates that are none, and names the flag and the file', () => {
    const key = readFileSync(pem('server.key'), 'utf8');
    const certificate = readFileSync(pem('ca.crt'), 'utf8');
    for (const none of [
      '',
      '\n',
      'certificate',
      key,
      certificate.slice(0, 200),
      `${certificate}\n${certificate.slice(0, 200)}`,
    ]) {
      const file = join(folder, 'none');
      writeFileSync(file, none);
      for (const [flag, flags] of [
        ['tls-client-ca', { identity: 'dispatch', ...tls, tlsClientCa: file }],
        ['tls-cert', { ...tls, tlsCert: file }],
        ['hbase-ca', { hbase: 'https://rest:8080', hbaseCa: file }],
        ['webhdfs-ca', { webhdfs: 'https://namenode:9871', webhdfsUser: 'kirka', webhdfsCa: file }],
      ] as const) {
        expect(refusal(flags), flag).to.include(`--${flag}: '${file}' holds no certificate`);
      }
    }
    const bundle = join(folder, 'bundle');
    writeFileSync(bundle, `# two of them\n${certificate}\n${readFileSync(pem('server.crt'), 'utf8')}`);
    expect(refusal({ identity: 'dispatch', ...tls, tlsClientCa: bundle })).to.equal('accepted');
  });

  it("refuses a key that is none or another certificate's, and names both files", () => {
    for (const file of [pem('server.crt'), pem('other.key')]) {
      expect(refusal({ ...tls, tlsKey: file })).to.include(
        `--tls-key '${file}' is no key of --tls-cert '${tls.tlsCert}'`,
      );
    }
  });

  it('reads the proof of the gateway', () => {
    const proof = { secret: '0123456789abcdef0123456789abcdef', clientCertificate: undefined };
    expect(configOf({ identity: 'stock', gatewaySecretFile: secretFile }).identity).to.deep.equal({
      mode: 'stock',
      proof,
    });
    const mutual = { identity: 'dispatch', ...tls, tlsClientCa: pem('ca.crt') };
    const subjects = [{ CN: 'a', O: 'B, Inc' }, { CN: 'c' }];
    expect(configOf({ ...mutual, gatewaySubjects: 'CN=a, O=B\\, Inc; CN=c;' }).identity).to.deep.equal({
      mode: 'dispatch',
      proof: { secret: undefined, clientCertificate: { subjects } },
    });
    expect(refusal({ ...mutual, gatewaySubjects: 'knox' })).to.include("'knox' is not like");
  });
});
