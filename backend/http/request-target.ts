/** The path of a request's target, or of a URL without its address: what stands before the query. */
export const pathOf = (target = ''): string => target.split('?', 1)[0] ?? '';

/** The decoded query of a request's target. */
export function queryOf(target = ''): URLSearchParams {
  const at = target.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
}
