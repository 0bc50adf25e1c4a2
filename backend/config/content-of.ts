import { readFileSync } from 'node:fs';
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
