import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostnameOf } from '../../backend/http/authority.ts';
import type { HostRule } from '../../backend/http/host-rule.ts';
import { isLoopback } from '../../backend/identity/loopback.ts';

/**
 * The names by which a gateway may be called where none are listed: those of loopback, and those that its certificate is
 * for. Off loopback any address, too: a page that points a name of its own here comes by that name.
 * @param listensOn - as it was given, an address or a name
 * @param certificate - PEM
 */
export function ownHosts(listensOn: string, certificate: string | undefined): HostRule {
  const known = certificate === undefined ? undefined : new X509Certificate(certificate);
  return (host) => {
    const name = (hostnameOf(host ?? '') ?? '').replace(/^\[|\]$/g, '');
    if (name === '') return false;
    if (isLoopback(name) || name.toLowerCase() === listensOn.toLowerCase()) return true;
    if (isIP(name) !== 0) return !isLoopback(listensOn);
    return known?.checkHost(name) !== undefined;
  };
}
