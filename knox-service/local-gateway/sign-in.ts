import { basicCredentials } from './authenticate.ts';
import type { Authenticator, User } from './authenticate.ts';
import { createAttempts, TooManyAttempts } from './attempts.ts';
import { Refusal } from './refusal.ts';

/** Says who sends a request, by its Authorization header. */
export type SignIn = (
  authorization: string | undefined,
  from: { readonly address: string; readonly signal: AbortSignal },
) => Promise<User>;

/**
 * Signs in by passwords. One that was right lately waits for nothing; any other is looked at when its turn comes.
 * @throws (what it makes) Refusal: 401, and 429 of bulk; the signal's reason where the client has gone
 */
export function createSignIn({ recall, verify }: Authenticator, attempts = createAttempts()): SignIn {
  return async (authorization, { address, signal }) => {
    const credentials = basicCredentials(authorization);
    if (!credentials)
      throw new Refusal(401, authorization === undefined ? 'no password' : 'no password as Basic sends it');
    const { name, password } = credentials;
    const known = await recall(name, password);
    if (known) return known;
    const found = await attempts
      .make({ name, password, address }, signal, (given) => verify(name, password, given))
      .catch((error: unknown) => {
        if (!(error instanceof TooManyAttempts)) throw error;
        const headers = { 'Retry-After': String(error.retryAfter) };
        throw new Refusal(429, error.message, { user: name, closes: true, headers });
      });
    if (!found) throw new Refusal(401, 'wrong name or password', { user: name, closes: true });
    return found;
  };
}
