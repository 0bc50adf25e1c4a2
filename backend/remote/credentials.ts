import { basic, bearer } from './authenticators.ts';
import type { Authenticator } from './contract.ts';
import { KerberosAuthenticator } from './kerberos/index.ts';

/** What the requests to a service are proved with. */
export type Credentials =
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'kerberos'; readonly principal: string };

/** @throws TypeError where a header cannot hold them; it holds neither */
export function authenticatorOf(credentials: Credentials): Authenticator {
  switch (credentials.scheme) {
    case 'basic':
      return basic(credentials.user, credentials.password);
    case 'bearer':
      return bearer(credentials.token);
    case 'kerberos':
      return new KerberosAuthenticator(credentials);
  }
}
