const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The configured addresses as URLs without a slash at their end.
 * @throws TypeError which names no part that may be secret
 */
export function readAddresses(name: string, addresses: readonly (string | URL)[]): readonly URL[] {
  if (addresses.length === 0) throw new TypeError(`${name}: no address is given.`);
  return addresses.map((address, index) => readAddress(`${name}: address ${index + 1}`, String(address)));
}

/** Whether what is sent there leaves this machine in the clear. */
export function isExposed(address: URL): boolean {
  return address.protocol === 'http:' && !loopback.test(address.hostname);
}

/** An address for a message. */
export function shown(address: URL): string {
  return `${address.origin}${pathOf(address)}`;
}

/** The address's own path, which is put before every request's: empty or without a slash at its end. */
export function pathOf(address: URL): string {
  return address.pathname.replace(/\/+$/, '');
}

/** @throws TypeError where the path could reach beyond the address's own */
export function checkPath(path: string): void {
  const [plain = ''] = path.split('?', 1);
  // eslint-disable-next-line no-control-regex -- what would end the request line
  const sound = path.startsWith('/') && !/[\u0000-\u0020\u007f#\\]/.test(path);
  const climbs = plain.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
  if (!sound || climbs) throw new TypeError('A request path begins with a slash, is encoded and has no dot segments.');
}

function readAddress(what: string, text: string): URL {
  if (!URL.canParse(text)) throw new TypeError(`${what} is no URL.`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`${what} is neither http nor https.`);
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`${what} holds a user or a password; they have settings of their own.`);
  }
  if (url.search !== '' || url.hash !== '') throw new TypeError(`${what} has a query or a fragment.`);
  return url;
}
