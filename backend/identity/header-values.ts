import type { IncomingMessage } from 'node:http';

/**
 * Every value of a header as it was sent, one a header line, in any letter case. `request.headers` will not do: it
 * joins or drops what is repeated.
 */
export function headerValues({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): string[] {
  const wanted = name.toLowerCase();
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
}
