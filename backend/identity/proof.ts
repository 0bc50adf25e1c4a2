import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { MlflowError } from '../errors.ts';
import { identityHeaders } from '../manifest/index.ts';
import { headerValues } from './header-values.ts';
import type { GatewayProof } from './policy.ts';
import { hasSubject } from './subject.ts';

const unproved = (message: string): MlflowError => new MlflowError('UNAUTHENTICATED', message);
const refused = (message: string): MlflowError => new MlflowError('PERMISSION_DENIED', message);

/**
 * Holds a request against what must prove that it comes from the gateway.
 * @throws MlflowError UNAUTHENTICATED where there is no proof, PERMISSION_DENIED where it is wrong
 */
export function requireProof(request: IncomingMessage, proof: GatewayProof): void {
  if (proof.clientCertificate) requireCertificate(request, proof.clientCertificate.subjects);
  if (proof.secret !== undefined) requireSecret(request, proof.secret);
}

function requireSecret(request: IncomingMessage, secret: string): void {
  const [given, ...more] = headerValues(request, identityHeaders.secret);
  if (given === undefined) throw unproved('Only the gateway may call this server: it must prove itself.');
  // Knox appends its header behind the client's copy, so two of them are a forgery even if one is right.
  if (more.length > 0) throw refused('The proof of the gateway was sent more than once.');
  if (!equalInConstantTime(given, secret)) throw refused('The proof of the gateway is wrong.');
}

/** Of the hashes, so that not even the length shows. */
function equalInConstantTime(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

function requireCertificate({ socket }: IncomingMessage, subjects: readonly Readonly<Record<string, string>>[]): void {
  if (!(socket instanceof TLSSocket) || !socket.authorized) {
    throw unproved('Only the gateway may call this server: it must show its certificate.');
  }
  if (subjects.length === 0) return;
  const peer = { ...socket.getPeerCertificate().subject };
  if (!subjects.some((subject) => hasSubject(peer, subject))) {
    throw refused('The certificate is not one of a gateway that this server knows.');
  }
}
