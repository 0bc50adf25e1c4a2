import type { CertificateSubject } from './subject.ts';

/** How a request proves that it comes from the gateway. Each that is set must hold. */
export interface GatewayProof {
  /** The value of the shared secret header. */
  readonly secret?: string | undefined;
  /** The gateway must show a TLS certificate of the configured CA, with one of these subjects where any is listed. */
  readonly clientCertificate?: { readonly subjects: readonly CertificateSubject[] } | undefined;
}

/**
 * Whom a request is believed to come from.
 * - `open`: nobody proves anything and nobody is named.
 * - `dispatch`: the gateway proves itself, and Kirka's dispatch names user and groups in headers.
 * - `stock`: the gateway proves itself, and Knox's own dispatch names the user in the query.
 */
export type IdentityPolicy =
  | { readonly mode: 'open' }
  | { readonly mode: 'dispatch'; readonly proof: GatewayProof }
  | { readonly mode: 'stock'; readonly proof: GatewayProof };

export type IdentityMode = IdentityPolicy['mode'];
