import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';

/** Some results, and the token that brings the next ones where there are more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** Which lifecycle stages a search looks at. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

export const isInView = (stage: LifecycleStage, view: ViewType): boolean =>
  view === 'ALL' || (view === 'ACTIVE_ONLY') === (stage === 'active');

const largestPage = 50_000;

/** @throws MlflowError INVALID_PARAMETER_VALUE where it is not from 1 to 50,000 */
export function checkedMaxResults(maxResults: Int64): number {
  const invalid = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be`;
  if (maxResults < 1) throw invalidParameter(brief`${invalid} a positive integer`);
  if (maxResults > largestPage) throw invalidParameter(brief`${invalid} at most ${largestPage}`);
  return Number(maxResults);
}
