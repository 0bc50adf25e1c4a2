import { service } from '../../manifest/index.ts';

const hostAndPort = /^(?:[a-z0-9](?:[a-z0-9.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const contextPath = /^(?:\/[\w.~-]{1,100}){1,8}$/;

/**
 * The address by which the client reached this server, from what the gateway says of its own request. A client can
 * forge those headers, for itself only; still, nothing that does not look like a host or a path gets through.
 * @param header one request header's value, by lower-case name
 */
export function trackingUriOf(header: (name: string) => string | undefined): string {
  const forwarded = header('x-forwarded-host');
  const host = [forwarded, header('host')].find((value) => value !== undefined && hostAndPort.test(value));
  const scheme = header('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const origin = `${scheme}://${host ?? 'localhost'}`;
  const context = header('x-forwarded-context');
  return context !== undefined && contextPath.test(context) ? `${origin}${context}/${service.name}` : origin;
}
