/** Keys and their values, in order; a key without `=` has the value null. */
type Pairs = ReadonlyMap<string, readonly (string | null)[]>;

/** What cannot be decoded: Knox answers 500. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** As Java's URLDecoder: `+` is a space, bytes that are no UTF-8 become U+FFFD, a bad escape is an error. */
function formDecode(text: string): string {
  if (/%(?![0-9a-f]{2})/i.test(text)) throw new QueryError(`'${text}' has a bad escape`);
  return text
    .replaceAll('+', ' ')
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** As Java's URLEncoder: letters, digits and `*-_.` stay, a space is `+`. */
function formEncode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** As Knox's URL parser: `&`, `&amp;` and `?` separate, equal pairs become one, keys are gathered at the first. */
function parseRaw(raw: string): Pairs {
  const pairs = new Map<string, (string | null)[]>();
  for (const token of raw.split(/&amp;|[?&]/)) {
    if (token === '') continue;
    // A token that begins with a brace is a variable to Knox's parser, and has no key.
    const at = token.startsWith('{') ? -1 : token.indexOf('=');
    const key = token.startsWith('{') ? '' : at < 0 ? token : token.slice(0, at);
    const value = token.startsWith('{') ? token : at < 0 ? null : token.slice(at + 1);
    const values = pairs.get(key) ?? [];
    if (!values.includes(value)) values.push(value);
    pairs.set(key, values);
  }
  return pairs;
}

/** As the identity assertion decodes: a pair that has no `=`, or nothing before it, is a key as it stands. */
function splitForm(text: string): Pairs {
  const pairs = new Map<string, (string | null)[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const key = at > 0 ? formDecode(pair.slice(0, at)) : pair;
    pairs.set(key, [...(pairs.get(key) ?? []), at > 0 ? formDecode(pair.slice(at + 1)) : null]);
  }
  return pairs;
}

function joinForm(pairs: Pairs): string {
  return [...pairs]
    .filter(([key]) => key !== '')
    .flatMap(([key, values]) =>
      values.map((value) => (value === null ? formEncode(key) : `${formEncode(key)}=${formEncode(value)}`)),
    )
    .join('&');
}

const claims = new Set(['user.name', 'doas']);

/**
 * The query that the backend gets: the client's, through rule and identity assertion. Its claims to be somebody are left
 * out, and `user.name` is its last.
 * @param lost - keys that the template's own names hide
 * @throws QueryError
 */
export function rewriteQuery(raw: string, user: string, lost: ReadonlySet<string>): string {
  const joined = [...parseRaw(raw)]
    .filter(([key]) => !lost.has(key))
    .flatMap(([key, values]) => values.map((value) => (value === null ? key : `${key}=${value}`)))
    .join('&');
  const pairs = new Map([...splitForm(joined)].filter(([key]) => !claims.has(key.toLowerCase())));
  return joinForm(pairs.set('user.name', [user]));
}

/**
 * A form-typed body as Knox forwards it: decoded and encoded again, its keys gathered. Claims stay in it.
 * @throws QueryError
 */
export function rewriteForm(body: string): string {
  return joinForm(splitForm(body));
}
