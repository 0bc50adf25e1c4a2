/**
 * The name or address of `host`, `host:port`, `[::1]` or `[::1]:port`, with its brackets; undefined where it is anything
 * else: a user before it, a path or a blank are no part of a Host header.
 */
export function hostnameOf(authority: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^\s:@/?#\\[\],]+)(?::\d{0,5})?$/i.exec(authority)?.[1];
}
