/** RFC 9110's token. */
const token = /^[!#$%&'*+\-.0-9A-Z^_`a-z|~]+$/;

const quoted = (text: string): string => (token.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`);

/** What RFC 5987 lets stand as it is. */
const attributeCharacter = /[!#$&+\-.0-9A-Z^_`a-z|~]/;

function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return attributeCharacter.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/**
 * `Content-Disposition` that saves a file under its name, in ASCII: another name is given twice, once without what is not
 * ASCII for clients that do not know RFC 5987.
 */
export function attachment(name: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII is what it is about
  const ascii = name.normalize('NFKD').replace(/[^\u0000-\u007f]/gu, '');
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(name)) return `attachment; filename=${quoted(name)}`;
  return `attachment; filename=${quoted(ascii || 'download')}; filename*=UTF-8''${percentEncoded(name)}`;
}
