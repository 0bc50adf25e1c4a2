import { createHash } from 'node:crypto';
import { brief } from '../brief.ts';
import type { MlflowError } from '../errors.ts';
import { invalidParameter } from '../errors.ts';
import { int64, isInt64 } from '../entities/int64.ts';
import type { SortValue } from './executor/sort-value.ts';
import { decodeBase64 } from '../wire/json/base64.ts';
import { parseJson } from '../wire/json/parse.ts';
import { shownBytes } from '../wire/json/repr.ts';
import { isArray, isObject } from '../wire/json/value.ts';
import type { JsonObject } from '../wire/json/value.ts';

/**
 * A page token says behind which values the next page begins, not how many results came before: results written or
 * removed between two pages make no other result appear twice or not at all. It is base64url of JSON with
 * `v` the version, `q` a digest of the query that it belongs to, `k` the values.
 */
const version = 1;

/** A digest of what a token must be used with again. */
export function queryDigest(filter: string, orderBy: readonly string[]): string {
  const query = JSON.stringify([filter, orderBy]);
  return createHash('sha256').update(query).digest('base64url').slice(0, 16);
}

export function encodePageToken(digest: string, values: readonly SortValue[]): string {
  const token = Buffer.from(JSON.stringify({ v: version, q: digest, k: encodeSortValues(values) })).toString(
    'base64url',
  );
  return token.padEnd(Math.ceil(token.length / 4) * 4, '=');
}

/**
 * The values of a token of this query.
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is no token, or another query's
 */
export function decodePageToken(token: string, digest: string): readonly SortValue[] {
  const bytes = decodeBase64(token);
  if (bytes === undefined) throw invalidParameter('Invalid page token, could not base64-decode');
  const { v, q, k } = parseJsonObject(bytes);
  if (v !== version || typeof q !== 'string' || !isArray(k)) throw notMine(bytes);
  if (q !== digest) {
    throw invalidParameter(
      "Invalid page token, it belongs to a search with another 'filter' or 'order_by': repeat those or begin without it",
    );
  }
  const values = decodeSortValues(k);
  if (values === undefined) throw notMine(bytes);
  return values;
}

/** Values as they stand in a token. */
export const encodeSortValues = (values: readonly SortValue[]): readonly (string | null)[] => values.map(encodeValue);

/** @returns undefined where one of them is no value that was encoded */
export function decodeSortValues(encoded: readonly unknown[]): readonly SortValue[] | undefined {
  const values: SortValue[] = [];
  for (const item of encoded) {
    const value = decodeValue(item);
    if (value === null) return undefined;
    values.push(value);
  }
  return values;
}

const notMine = (bytes: Buffer): MlflowError =>
  invalidParameter(brief`Invalid page token, parsed value=${bytes.toString('utf8')}`);

function parseJsonObject(bytes: Buffer): JsonObject {
  const parsed = parseJson(bytes.toString('utf8'));
  if (parsed === undefined) throw invalidParameter(brief`Invalid page token, decoded value=${shownBytes(bytes)}`);
  return isObject(parsed) ? parsed : {};
}

/** A letter for the kind, then the text: JSON has neither int64 nor NaN. */
function encodeValue(value: SortValue): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return `s${value}`;
  return typeof value === 'bigint' ? `i${value}` : `n${value}`;
}

/** @returns null where it is no value that was encoded */
function decodeValue(encoded: unknown): SortValue | null {
  if (encoded === null) return undefined;
  if (typeof encoded !== 'string') return null;
  const text = encoded.slice(1);
  if (encoded.startsWith('s')) return text;
  if (encoded.startsWith('i')) {
    const integer = /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
    return integer !== undefined && isInt64(integer) ? int64(integer) : null;
  }
  if (!encoded.startsWith('n')) return null;
  const number = Number(text);
  return String(number) === text ? number : null;
}
