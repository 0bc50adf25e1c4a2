import type { Credentials } from '../remote/index.ts';
import { credentialsIn } from './auth-file.ts';
import { ConfigError } from './config-error.ts';
import { certificatesOf } from './content-of.ts';
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
    ca: hbaseCa === undefined ? undefined : certificatesOf('hbase-ca', hbaseCa),
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
  return hbaseAuthFile === undefined ? undefined : credentialsIn('hbase-auth-file', hbaseAuthFile);
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
