/** Attributes of a certificate's subject that must all be there, by their short names: `CN`, `OU`, `O`, ... */
export type CertificateSubject = Readonly<Record<string, string>>;

/**
 * Reads `CN=knox.example.org,OU=gateway`; a comma or backslash inside a value is escaped with a backslash.
 * @returns undefined where the text is no such list
 */
export function parseSubject(text: string): CertificateSubject | undefined {
  const subject: Record<string, string> = {};
  for (const part of text.split(/(?<!\\),/)) {
    const found = /^\s*([A-Za-z][A-Za-z0-9]*)=(.+?)\s*$/.exec(part);
    if (found?.[1] === undefined || found[2] === undefined) return undefined;
    subject[found[1]] = found[2].replace(/\\(.)/g, '$1');
  }
  return subject;
}

/** Whether a peer's subject, as Node gives it, has every attribute of `wanted`; of a repeated attribute, never. */
export function hasSubject(peer: Readonly<Record<string, unknown>>, wanted: CertificateSubject): boolean {
  return Object.entries(wanted).every(([name, value]) => peer[name] === value);
}
