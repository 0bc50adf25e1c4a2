import type { Gss } from './gss.ts';
import { explainGss } from './explain.ts';
import { KerberosError } from './kerberos-error.ts';

export interface TokenOptions {
  /** `mlflow@EXAMPLE.COM`; without it the one of the ticket cache, or the keytab's first. */
  readonly principal: string | undefined;
  /** ms that the library may take for a token: with a silent KDC it takes 25 s and more by itself. */
  readonly limit: number;
  readonly load: () => Promise<Gss>;
}

/**
 * Makes SPNEGO tokens, each good for one request. Tickets are the library's concern: it gets them from the keytab, and
 * new ones well before they expire.
 *
 * One token at a time: a call holds one of Node's four pool threads, and a KDC that does not answer would soon hold all
 * of them, which is all of the process's work with files.
 */
export class Tokens {
  readonly #options: TokenOptions;
  #gss: Promise<Gss> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /**
   * @param host as the server's principal has it: `HTTP/<host>@REALM`
   * @returns base64
   * @throws KerberosError
   */
  async tokenFor(host: string): Promise<string> {
    const gss = await this.#load();
    const expired = new AbortController();
    const token = this.#last.then(() => (expired.signal.aborted ? '' : this.#make(gss, host)));
    this.#last = token.catch(() => undefined);
    return this.#within(token, expired, host);
  }

  async #load(): Promise<Gss> {
    this.#gss ??= this.#options.load();
    try {
      return await this.#gss;
    } catch (error) {
      // Installed later, it is found later.
      this.#gss = undefined;
      throw error;
    }
  }

  async #make(gss: Gss, host: string): Promise<string> {
    const { principal } = this.#options;
    try {
      // No flag: the ticket is not delegated, and that the server is who it says is TLS's to prove.
      const options = { mechOID: gss.GSS_MECH_OID_SPNEGO, gssFlag: 0 };
      const client = await gss.initializeClient(
        `HTTP@${host}`,
        principal === undefined ? options : { ...options, principal },
      );
      return await client.step('');
    } catch (cause) {
      const who = principal === undefined ? '' : ` as ${principal}`;
      throw new KerberosError(`No Kerberos token for HTTP/${host}${who}: ${explainGss(cause)}.`, { cause });
    }
  }

  async #within(token: Promise<string>, expired: AbortController, host: string): Promise<string> {
    const { limit } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Whoever waits behind a stuck call is not served after it has given up.
        expired.abort();
        reject(
          new KerberosError(`No Kerberos token for HTTP/${host} within ${String(limit / 1000)} s: no KDC answers.`),
        );
      }, limit);
    });
    try {
      return await Promise.race([token, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
