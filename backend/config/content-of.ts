import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

/** The text of a file that a setting names. @throws ConfigError */
export function contentOf(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new ConfigError(`--${flag}: cannot read '${file}' (${code}).`, { cause });
  }
}

/** As `contentOf`, for a secret. @throws ConfigError also where everybody can read or change the file */
export function secretContentOf(flag: string, file: string): string {
  const content = contentOf(flag, file);
  if ((statSync(file).mode & 0o007) === 0) return content;
  throw new ConfigError(`--${flag}: everybody can read '${file}'; chmod 600 it.`);
}

/**
 * As `contentOf`, for certificates in PEM, one or more. Node takes a text without any for none, and then trusts its own
 * list, or nobody.
 * @throws ConfigError also where there is none, or one that cannot be read
 */
export function certificatesOf(flag: string, file: string): string {
  const content = contentOf(flag, file);
  if (holdsCertificates(content)) return content;
  throw new ConfigError(`--${flag}: '${file}' holds no certificate in PEM, or one that cannot be read.`);
}

export function holdsCertificates(content: string): boolean {
  const blocks = content.match(/-----BEGIN CERTIFICATE-----.*?(?:-----END CERTIFICATE-----|$)/gs) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return Boolean(new X509Certificate(block));
  } catch {
    return false;
  }
}
