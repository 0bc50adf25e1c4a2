import type { Authenticator, RemoteAnswer } from '../contract.ts';
import { cookieIn } from './auth-cookie.ts';
import type { AuthCookie } from './auth-cookie.ts';
import { loadGss } from './gss.ts';
import type { Gss } from './gss.ts';
import { KerberosError } from './kerberos-error.ts';
import { Tokens } from './tokens.ts';

export interface KerberosOptions {
  /** `mlflow@EXAMPLE.COM`; without it the one of the ticket cache, or the keytab's first. */
  readonly principal?: string | undefined;
  /** ms for one token, 10 s without it. */
  readonly limit?: number;
  /** How npm `kerberos` is come by, for tests. */
  readonly load?: () => Promise<Gss>;
  /** ms since 1970, for tests. */
  readonly now?: () => number;
}

/**
 * SPNEGO (RFC 4559) as Hadoop's servers speak it: a token with the first request, after it the `hadoop.auth` cookie until
 * that expires or is refused. Cookies are kept for each origin, so one of these serves all remotes.
 *
 * The server's token in the answer (mutual authentication) is not asked for. It would prove that the server has the key
 * of HTTP/<host>, but not that this answer is its own; TLS proves both, and without TLS nothing but loopback is called.
 */
export class KerberosAuthenticator implements Authenticator {
  /** Whoever reads the cookie may use it. */
  readonly revealing = true;
  readonly #cookies = new Map<string, AuthCookie>();
  readonly #tokens: Tokens;
  readonly #now: () => number;

  constructor({ principal, limit = 10_000, load = loadGss, now = Date.now }: KerberosOptions = {}) {
    this.#tokens = new Tokens({ principal, limit, load });
    this.#now = now;
  }

  /** @throws KerberosError */
  async headers(target: URL): Promise<Readonly<Record<string, string>>> {
    const cookie = this.#cookies.get(target.origin);
    if (cookie !== undefined && (cookie.until === undefined || this.#now() < cookie.until)) {
      return { cookie: cookie.pair };
    }
    return { authorization: `Negotiate ${await this.#tokens.tokenFor(target.hostname)}` };
  }

  /**
   * @returns true for a 401 that asks for Negotiate: the cookie was no longer good, or the request met a server that had
   * not seen it. Which of the two the request had been sent with is not known here, and need not be: it is sent but once more.
   * @throws KerberosError where the server refuses the ticket
   */
  async learn(target: URL, { status, headers }: Pick<RemoteAnswer, 'status' | 'headers'>): Promise<boolean> {
    const cookie = cookieIn(headers, this.#now());
    if (cookie === 'deleted' || status === 401) this.#cookies.delete(target.origin);
    else if (cookie !== undefined) this.#cookies.set(target.origin, cookie);
    // A 403 that takes the cookie away is the filter's; one for want of permission leaves or sets it.
    if (status === 403 && cookie === 'deleted') {
      throw new KerberosError(
        `${target.host} refuses the Kerberos ticket (403): look at its keytab for HTTP/${target.hostname}, at its clock ` +
          'and at hadoop.security.auth_to_local; its log has the reason.',
      );
    }
    return status === 401 && /\bnegotiate\b/i.test(headers['www-authenticate'] ?? '');
  }
}
