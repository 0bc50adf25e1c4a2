import { isIPv6 } from 'node:net';

/**
 * What counts as one place that requests come from: an IPv4 address, or of IPv6 the first half, for whoever has one
 * address there has all with the same.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [before = '', after] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = after === undefined ? 0 : 8 - groups(before).length - groups(after).length;
  const all = [...groups(before), ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...groups(after ?? '')];
  return all.slice(0, 4).join(':');
}
