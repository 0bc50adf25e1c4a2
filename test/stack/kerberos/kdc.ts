import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, waitUntilReady } from '../child.ts';
import type { Child } from '../child.ts';
import { requireFreePort } from '../free-port.ts';
import { buildKdc } from './build.ts';
import { jarsFolder } from './paths.ts';

export const realm = 'KIRKA.TEST';

/** Who is in the realm, by the name of the keytab. */
const principals = {
  hdfs: 'hdfs/localhost',
  hbase: 'hbase/localhost',
  http: 'HTTP/localhost',
  kirka: 'kirka',
  knox: 'knox/localhost',
  stranger: 'stranger',
} as const;

/** `former` is kirka's of a KDC that is gone. */
export type Keytab = keyof typeof principals | 'former';

export const principalOf = (name: keyof typeof principals): string => `${principals[name]}@${realm}`;

/** A KDC that runs. */
export interface Kdc {
  readonly child: Child;
  readonly krb5Conf: string;
  /** As `krb5Conf`, with tickets of 40 seconds: of less than half a minute the library asks for a new one each time. */
  readonly shortLivedConf: string;
  readonly keytab: (name: Keytab) => string;
  /** How often kirka has got a ticket for granting tickets, by its log. */
  readonly logins: () => number;
}

/** Starts Hadoop's KDC for tests with fresh keys. */
export async function startKdc(folder: string, port: number, progress: (line: string) => void): Promise<Kdc> {
  await requireFreePort(port, 'the KDC');
  await buildKdc(progress);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logFile = join(folder, 'kdc.log');
  const pairs = Object.entries(principals).map(([keytab, principal]) => `${keytab}=${principal}`);
  const flags = ['-Xmx96m', '-XX:TieredStopAtLevel=1', '-cp', `${jarsFolder}*`];
  const child = startChild('java', [...flags, 'Kdc', folder, String(port), ...pairs], { logFile, cwd: folder });
  const log = (): string => readFileSync(logFile, 'utf8');
  const ready = (): Promise<boolean> => Promise.resolve(log().includes(`READY ${realm}`));
  await waitUntilReady(child, 'KDC', ready, { timeout: 60_000, progress });
  for (const keytab of [...Object.keys(principals), 'former']) chmodSync(join(folder, `${keytab}.keytab`), 0o400);
  return {
    child,
    krb5Conf: writeConf(join(folder, 'krb5.conf'), port, ''),
    shortLivedConf: writeConf(join(folder, 'krb5-short.conf'), port, '  ticket_lifetime = 40s\n'),
    keytab: (name) => join(folder, `${name}.keytab`),
    logins: () => log().match(/AS_REQ ISSUE: .*,kirka@/g)?.length ?? 0,
  };
}

function writeConf(file: string, port: number, more: string): string {
  writeFileSync(
    file,
    `[libdefaults]
  default_realm = ${realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  # The host of HTTP/<host> is what stands in the address, whatever DNS says of it.
  dns_canonicalize_hostname = false
  rdns = false
  # TCP from the first byte on.
  udp_preference_limit = 1
${more}[realms]
  ${realm} = {
    kdc = 127.0.0.1:${String(port)}
  }
[domain_realm]
  localhost = ${realm}
`,
  );
  return file;
}
