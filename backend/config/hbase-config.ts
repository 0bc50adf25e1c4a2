import { statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { contentOf } from './content-of.ts';
import { kerberosPrincipalFor } from './kerberos-config.ts';
import type { Settings } from './settings.ts';

/** How HBase is reached; times in ms. */
export interface HBaseConfig {
  /** Base addresses of the REST servers. */
  readonly addresses: readonly string[];
  readonly tablePrefix: string;
  /** PEM text. */
  readonly ca: string | undefined;
  readonly credentials: Credentials | undefined;
  readonly timeout: number;
  readonly sockets: number;
}

/** What a request proves itself with. */
export type Credentials =
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'kerberos'; readonly principal: string };

/**
 * The configuration of HBase; undefined where it is not selected.
 * @throws ConfigError that holds no secret
 */
export function hbaseConfigOf(settings: Settings): HBaseConfig | undefined {
  const { hbase, hbaseCa, hbaseAuthFile } = settings;
  if (hbase === undefined) {
    const surplus =
      hbaseCa !== undefined ? '--hbase-ca' : hbaseAuthFile !== undefined ? '--hbase-auth-file' : undefined;
    if (surplus !== undefined) throw new ConfigError(`${surplus} needs --hbase (KIRKA_HBASE).`);
    return undefined;
  }
  hbase.forEach(requirePlain);
  return {
    addresses: hbase,
    tablePrefix: settings.hbaseTablePrefix,
    ca: hbaseCa === undefined ? undefined : contentOf('hbase-ca', hbaseCa),
    credentials: credentialsOf(settings),
    timeout: settings.hbaseTimeout,
    sockets: settings.hbaseSockets,
  };
}

function credentialsOf(settings: Settings): Credentials | undefined {
  const { hbaseKerberos, hbaseAuthFile } = settings;
  if (hbaseKerberos) {
    const principal = kerberosPrincipalFor('hbase-kerberos', settings, { 'hbase-auth-file': hbaseAuthFile });
    return { scheme: 'kerberos', principal };
  }
  return hbaseAuthFile === undefined ? undefined : credentialsIn(hbaseAuthFile);
}

function requirePlain(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.search !== '' || url.hash !== '') {
    throw new ConfigError('--hbase (KIRKA_HBASE) takes addresses such as http://rest1.example.org:8080/path.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('--hbase (KIRKA_HBASE) takes no user or password: put them into --hbase-auth-file.');
  }
}

function credentialsIn(file: string): Credentials {
  const line = contentOf('hbase-auth-file', file).trim();
  if ((statSync(file).mode & 0o007) !== 0) {
    throw new ConfigError(`--hbase-auth-file: everybody can read '${file}'; chmod 600 it.`);
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(line) ?? [];
  if (token !== undefined) return { scheme: 'bearer', token };
  const [, user, password] = /^([^\s:]+):(.+)$/.exec(line) ?? [];
  if (user !== undefined && password !== undefined) return { scheme: 'basic', user, password };
  throw new ConfigError(`--hbase-auth-file: '${file}' must hold one line, user:password or Bearer and a token.`);
}
