import { splitUri } from '../validation/uri.ts';

/** What a `models:/` URI names. */
export type ModelUri =
  | { readonly modelId: string }
  | { readonly name: string; readonly version: string }
  | { readonly name: string; readonly latest: true }
  | { readonly name: string; readonly stage: string }
  | { readonly name: string; readonly alias: string };

/** Reads `models:/name/7`, `models:/name/latest`, `models:/name/stage`, `models:/name@alias` or `models:/model-id`. */
export function parseModelUri(uri: string): ModelUri | undefined {
  const { scheme, path: beforeFragment, fragment } = splitUri(uri);
  const path = fragment === '' ? beforeFragment : `${beforeFragment}#${fragment}`;
  if (scheme !== 'models' || !path.startsWith('/')) return undefined;
  const [first = '', suffix, ...more] = path.replace(/^\/+/, '').split('/');
  if (first.trim() === '' || more.length > 0) return undefined;
  if (suffix !== undefined) return parseSuffix(first, suffix);
  const at = first.lastIndexOf('@');
  if (at < 0) return { modelId: first };
  const alias = first.slice(at + 1);
  return alias.trim() === '' ? undefined : { name: first.slice(0, at), alias };
}

function parseSuffix(name: string, suffix: string): ModelUri | undefined {
  if (suffix.trim() === '') return undefined;
  if (/^\p{Nd}+$/u.test(suffix)) return { name, version: suffix };
  return suffix.toLowerCase() === 'latest' ? { name, latest: true } : { name, stage: suffix };
}
