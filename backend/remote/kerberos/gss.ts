import { KerberosError } from './kerberos-error.ts';

/** What we call of npm `kerberos`: the operating system's GSS-API, on Linux MIT krb5. */
export interface Gss {
  readonly GSS_MECH_OID_SPNEGO: number;
  /** @param service `HTTP@<host>` */
  initializeClient(service: string, options: GssOptions): Promise<GssClient>;
}

export interface GssOptions {
  readonly principal?: string;
  readonly mechOID: number;
  readonly gssFlag: number;
}

export interface GssClient {
  /** @param challenge base64, empty at first. @returns base64 */
  step(challenge: string): Promise<string>;
}

const howToInstall =
  'Install it: on Debian "apt-get install libkrb5-dev g++ make python3", then in Kirka\'s folder ' +
  '"npm install --no-save --save-optional kerberos@7".';

/**
 * Loads npm `kerberos`. It is an optional peer, which compiles against libkrb5 where there is no build of it: who needs
 * no Kerberos neither installs nor loads it.
 * @param load how the module is come by
 * @throws KerberosError that says how to install it
 */
export async function loadGss(load: () => Promise<unknown> = importKerberos): Promise<Gss> {
  let module;
  try {
    module = await load();
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new KerberosError(`The npm package 'kerberos' cannot be loaded: ${reason}. ${howToInstall}`, { cause });
  }
  // It is CommonJS: what it exports is the default.
  return (module as { default: Gss }).default;
}

function importKerberos(): Promise<unknown> {
  // By a variable, for the compiler must not look for what a plain install does not have.
  const name: string = 'kerberos';
  return import(name);
}
