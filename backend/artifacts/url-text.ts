/** Of Python's `urllib.parse`: the schemes behind which it expects `//`, and those whose last segment may have `;params`. */
const withAuthority = new Set(
  (
    'ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtsps rtspu rsync svn svn+ssh sftp nfs ' +
    'git git+ssh ws wss'
  ).split(' '),
);
const withParams = new Set('ftp hdl prospero http imap https shttp rtsp rtsps rtspu sip sips mms sftp tel'.split(' '));

/**
 * A text as `urlunparse(urlparse(text))` of CPython 3.11 gives it back: without blanks and control characters in front,
 * without tabs and line breaks anywhere, without a `?`, `;` or `#` that nothing follows, and with a scheme in small letters
 * that `//` follows where it can (`HTTP:x` is `http:///x`). MLflow's server and its client read each artifact path in this
 * way (`mlflow.utils.uri._decode`).
 * @returns undefined where Python fails, and for every host in brackets, of which it would take an IPv6 address
 */
export function asPythonUrl(text: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  const cleaned = text.replace(/^[\u0000-\u0020]+/, '').replace(/[\t\r\n]/g, '');
  const [, written = '', behindScheme = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(cleaned) ?? [];
  const [, authority = '', behindAuthority = ''] = /^(?:\/\/([^/?#]*))?(.*)$/s.exec(behindScheme) ?? [];
  if (!isHost(authority)) return undefined;
  const scheme = written.toLowerCase();
  const [beforeFragment, fragment] = splitAt(behindAuthority, behindAuthority.indexOf('#'));
  const [beforeQuery, query] = splitAt(beforeFragment, beforeFragment.indexOf('?'));
  const hasParams = scheme === '' || withParams.has(scheme);
  const [path, params] = splitAt(beforeQuery, hasParams ? beforeQuery.indexOf(';', beforeQuery.lastIndexOf('/')) : -1);
  const whole = path + prefixed(';', params);
  const needsAuthority = authority !== '' || (withAuthority.has(scheme) && !whole.startsWith('//'));
  return (
    (scheme === '' ? '' : `${scheme}:`) +
    (needsAuthority ? `//${authority}${whole === '' || whole.startsWith('/') ? '' : '/'}` : '') +
    whole +
    prefixed('?', query) +
    prefixed('#', fragment)
  );
}

/** A character that NFKC makes a separator would end the host for whoever normalises it. */
const isHost = (authority: string): boolean =>
  !/[[\]]/.test(authority) && !/[/?#@:]/.test(authority.replace(/[@:#?]/g, '').normalize('NFKC'));

const splitAt = (text: string, index: number): readonly [string, string] =>
  index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];

const prefixed = (mark: string, text: string): string => (text === '' ? '' : mark + text);
