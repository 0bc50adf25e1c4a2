import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { KerberosAuthenticator } from '../../../backend/remote/kerberos/index.ts';
import type { Gss } from '../../../backend/remote/kerberos/gss.ts';
import { openRemote } from '../../../backend/remote/index.ts';
import type { Authenticator, Remote } from '../../../backend/remote/index.ts';
import { loadNpmKerberos, principalOf } from '../../stack/kerberos/index.ts';
import type { Keytab } from '../../stack/kerberos/index.ts';
import { theCluster } from './hooks.ts';

export interface Login {
  readonly kerberos: KerberosAuthenticator;
  /** Tokens made so far. */
  readonly tokens: () => number;
}

export interface LoginOptions {
  readonly krb5Conf?: string;
  readonly principal?: string;
  /** For a token, in ms. */
  readonly limit?: number;
  /** The authenticator's clock. */
  readonly now?: () => number;
  /** What becomes of a token. */
  readonly spoil?: (token: string) => string;
}

let logins = 0;

/**
 * Makes this process somebody, as bin/ does it for the backend: by keytab, and with tickets of its own in memory. Until
 * the next call, for the library reads the environment.
 */
export function logIn(keytab: Keytab, options: LoginOptions = {}): Login {
  const { kdc } = theCluster();
  logins += 1;
  process.env['KRB5_CONFIG'] = options.krb5Conf ?? kdc.krb5Conf;
  process.env['KRB5_CLIENT_KTNAME'] = `FILE:${kdc.keytab(keytab)}`;
  process.env['KRB5CCNAME'] = `MEMORY:${String(logins)}`;
  let tokens = 0;
  const { spoil = (token: string) => token, ...rest } = options;
  const load = async (): Promise<Gss> => {
    const gss = await loadNpmKerberos();
    return {
      GSS_MECH_OID_SPNEGO: gss.GSS_MECH_OID_SPNEGO,
      initializeClient: async (...args) => {
        const client = await gss.initializeClient(...args);
        tokens += 1;
        return { step: async (challenge) => spoil(await client.step(challenge)) };
      },
    };
  };
  const principal = principalOf(keytab === 'former' ? 'kirka' : keytab);
  return { kerberos: new KerberosAuthenticator({ principal, load, ...rest }), tokens: () => tokens };
}

export function remoteTo(address: string, authenticator?: Authenticator): Remote {
  const anyone = authenticator === undefined ? {} : { authenticator };
  return openRemote({ name: 'the cluster', addresses: [address], ca: theCluster().ca, ...anyone });
}

/** A request without any credentials but those in its address, to wherever it goes. */
export async function plain(
  url: string,
  options: { method?: string; body?: Buffer; headers?: Record<string, string>; ca?: string } = {},
): Promise<{ status: number; body: Buffer }> {
  const { method = 'GET', body, headers = {}, ca = theCluster().ca } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, ca }, (incoming) => {
      buffer(incoming).then((received) => {
        resolve({ status: incoming.statusCode ?? 0, body: received });
      }, reject);
    });
    outgoing.once('error', reject).end(body);
  });
}

export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
