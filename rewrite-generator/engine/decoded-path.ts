const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Percent-decodes; bytes that are no UTF-8 are read as ISO-8859-1, as Jetty does. Undefined for a bad escape or NUL. */
function percentDecode(text: string): string | undefined {
  if (/%(?![0-9a-f]{2})|%00/i.test(text)) return undefined;
  const bytes = Buffer.from(
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replaceAll(/%([0-9a-f]{2})/gi, (_escape, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  );
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** Resolves `.` and `..`; undefined where the path leaves its root. */
function canonical(segments: readonly string[]): readonly string[] | undefined {
  const resolved: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..' && resolved.pop() === undefined) return undefined;
    if (segment !== '..' && segment !== '.') resolved.push(segment);
    else if (isLast) resolved.push('');
  }
  return resolved;
}

/**
 * The segments by which a servlet container looks for what serves a path: without `;parameters`, percent-decoded once
 * (so that an escaped slash separates), and with dots resolved. What is sent to the backend is never decoded.
 * @returns undefined for what Jetty answers 400: a bad escape, NUL, dots with a parameter, dots that leave the root
 */
export function decodedSegments(rawPath: string): readonly string[] | undefined {
  const decoded: string[] = [];
  for (const raw of rawPath.split('/').slice(1)) {
    if (/^(\.|%2e){1,2};/i.test(raw)) return undefined;
    const segment = percentDecode(raw.split(';', 1)[0] ?? '');
    if (segment === undefined) return undefined;
    decoded.push(...segment.split('/'));
  }
  return canonical(decoded);
}
