import type { Int64 } from '../../entities/int64.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { SortValue } from '../../search/executor/sort-value.ts';
import { decodePageToken, encodePageToken } from '../../search/page-token.ts';
import type { Page } from './page.ts';

/** @throws MlflowError INVALID_PARAMETER_VALUE where it is not from 1 to the most */
export function boundedMaxResults(maxResults: Int64, most: number): number {
  checkPositive(maxResults);
  checkAtMost(maxResults, most);
  return Number(maxResults);
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function checkPositive(maxResults: Int64): void {
  if (maxResults >= 1) return;
  throw invalidParameter(brief`Invalid value for max_results. It must be a positive integer, but got ${maxResults}`);
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function checkAtMost(maxResults: Int64, most: number): void {
  if (maxResults <= most) return;
  throw invalidParameter(
    brief`Invalid value for request parameter max_results. It must be at most ${most}, but got value ${maxResults}`,
  );
}

/** The position that a token holds; undefined where there is no token. @throws MlflowError where it is none of ours */
export function decodePosition(
  token: string | undefined,
  digest: string,
  keys: number,
): readonly SortValue[] | undefined {
  if (token === undefined || token === '') return undefined;
  const values = decodePageToken(token, digest);
  if (values.length === keys) return values;
  throw invalidParameter('Invalid page token, it holds no position');
}

/** The page of what was found and one more, which tells whether there is a next page. */
export function pageOf<T>(
  found: readonly T[],
  maxResults: number,
  digest: string,
  positionOf: (item: T) => readonly SortValue[],
): Page<T> {
  const last = found.length > maxResults ? found[maxResults - 1] : undefined;
  return { items: found.slice(0, maxResults), nextPageToken: last && encodePageToken(digest, positionOf(last)) };
}
