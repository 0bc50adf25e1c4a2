import type { Credentials } from '../remote/index.ts';
import { credentialsIn } from './auth-file.ts';
import { ConfigError } from './config-error.ts';
import { certificatesOf } from './content-of.ts';
import { kerberosPrincipalFor } from './kerberos-config.ts';
import type { Settings } from './settings.ts';

/** Where HDFS is and how it is reached; files read. Times in ms. */
export interface WebhdfsConfig {
  readonly addresses: readonly string[];
  readonly root: string;
  readonly user: string | undefined;
  readonly credentials: Credentials | undefined;
  /** PEM. */
  readonly ca: string | undefined;
  /** Undefined: the backend reaches everything as itself. */
  readonly doAs: { readonly domains: ReadonlySet<string> } | undefined;
  readonly timeout: number;
  readonly maxSockets: number;
  /** Bytes of disk that uploads under way may take together. */
  readonly spoolLimit: number;
}

/**
 * Undefined where artifacts are kept in the data folder.
 * @throws ConfigError that says what to set; never with a secret in it
 */
export function webhdfsConfigOf(settings: Settings): WebhdfsConfig | undefined {
  const {
    webhdfs: addresses,
    webhdfsUser: user,
    webhdfsAuthFile,
    webhdfsCa,
    webhdfsDoAs,
    webhdfsUserDomains,
  } = settings;
  if (addresses === undefined) {
    if (user === undefined && webhdfsAuthFile === undefined && webhdfsCa === undefined && !webhdfsDoAs)
      return undefined;
    throw new ConfigError('The settings of HDFS need --webhdfs (KIRKA_WEBHDFS), the address of a NameNode or of Knox.');
  }
  for (const address of addresses) checkAddress(address);
  if (user === undefined && webhdfsAuthFile === undefined && !settings.webhdfsKerberos) {
    throw new ConfigError(
      '--webhdfs needs --webhdfs-user (a cluster with simple authentication), --webhdfs-kerberos, or ' +
        '--webhdfs-auth-file (Knox).',
    );
  }
  if (webhdfsDoAs && settings.identity === 'open') {
    throw new ConfigError(
      '--webhdfs-do-as acts for the user whom the gateway names: set --identity dispatch or stock.',
    );
  }
  return {
    addresses,
    root: settings.webhdfsRoot,
    user,
    credentials: credentialsOf(settings),
    ca: webhdfsCa === undefined ? undefined : certificatesOf('webhdfs-ca', webhdfsCa),
    doAs: webhdfsDoAs ? { domains: new Set(webhdfsUserDomains) } : undefined,
    timeout: settings.webhdfsTimeout,
    maxSockets: settings.webhdfsSockets,
    spoolLimit: settings.webhdfsSpool,
  };
}

function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === '') return;
  throw new ConfigError('--webhdfs must be addresses without user, password or query: see --webhdfs-auth-file.');
}

function credentialsOf(settings: Settings): Credentials | undefined {
  const { webhdfsKerberos, webhdfsAuthFile: file, webhdfsUser: user } = settings;
  if (webhdfsKerberos) {
    const others = { 'webhdfs-auth-file': file, 'webhdfs-user': user };
    return { scheme: 'kerberos', principal: kerberosPrincipalFor('webhdfs-kerberos', settings, others) };
  }
  return file === undefined ? undefined : credentialsIn('webhdfs-auth-file', file);
}
