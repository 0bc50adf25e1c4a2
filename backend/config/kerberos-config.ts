import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { Settings } from './settings.ts';

/** Who the backend is to a Kerberised cluster. */
export interface KerberosConfig {
  readonly principal: string;
  /** Absolute; undefined where the environment says where tickets come from. */
  readonly keytab: string | undefined;
}

type KerberosSettings = Pick<
  Settings,
  'hbaseKerberos' | 'webhdfsKerberos' | 'kerberosPrincipal' | 'kerberosKeytab' | 'hbase' | 'webhdfs'
>;

/**
 * Undefined where no server is called with Kerberos.
 * @throws ConfigError that says what to set
 */
export function kerberosConfigOf(settings: KerberosSettings): KerberosConfig | undefined {
  const { hbaseKerberos, webhdfsKerberos, kerberosPrincipal: principal, kerberosKeytab } = settings;
  if (hbaseKerberos && settings.hbase === undefined) throw new ConfigError('--hbase-kerberos needs --hbase.');
  if (webhdfsKerberos && settings.webhdfs === undefined) throw new ConfigError('--webhdfs-kerberos needs --webhdfs.');
  if (!hbaseKerberos && !webhdfsKerberos) {
    if (principal === undefined && kerberosKeytab === undefined) return undefined;
    throw new ConfigError('--kerberos-principal and --kerberos-keytab need --hbase-kerberos or --webhdfs-kerberos.');
  }
  if (principal === undefined) {
    throw new ConfigError('Kerberos needs --kerberos-principal (KIRKA_KERBEROS_PRINCIPAL), as it is in the keytab.');
  }
  return { principal, keytab: kerberosKeytab === undefined ? undefined : checkedKeytab(kerberosKeytab) };
}

/**
 * The principal by which one service is called.
 * @param others flags that say otherwise who we are to that server, with what was given for them
 */
export function kerberosPrincipalFor(
  flag: string,
  settings: KerberosSettings,
  others: Readonly<Record<string, string | undefined>>,
): string {
  for (const [other, value] of Object.entries(others)) {
    if (value !== undefined) throw new ConfigError(`--${flag} and --${other} exclude each other.`);
  }
  const { principal } = kerberosConfigOf(settings) ?? {};
  if (principal === undefined) throw new ConfigError(`--${flag} needs --kerberos-principal.`);
  return principal;
}

/** The library says of a keytab that it cannot read just that there are no credentials: it is looked at here. */
function checkedKeytab(file: string): string {
  let mode;
  const start = Buffer.alloc(2);
  try {
    const descriptor = openSync(file, 'r');
    try {
      ({ mode } = fstatSync(descriptor));
      readSync(descriptor, start);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new ConfigError(`--kerberos-keytab: cannot read '${file}' (${code}).`, { cause });
  }
  if ((mode & 0o007) !== 0) throw new ConfigError(`--kerberos-keytab: everybody can read '${file}'; chmod 400 it.`);
  if (start[0] !== 5) throw new ConfigError(`--kerberos-keytab: '${file}' is no keytab.`);
  return resolve(file);
}
