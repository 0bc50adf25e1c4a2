import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { NumberComparator, TextComparator } from '../clauses.ts';
import { pythonSet } from '../python-text.ts';

export const numberComparators = ['>', '>=', '!=', '=', '<', '<='] as const satisfies readonly NumberComparator[];
export const textComparators = ['!=', '=', 'LIKE', 'ILIKE'] as const satisfies readonly TextComparator[];
export const textOrListComparators = [...textComparators, 'IN', 'NOT IN'] as const;
export const textOrPresenceComparators = [...textComparators, 'IS NULL', 'IS NOT NULL'] as const;

/** Whether the comparator is one of them. */
export function isOneOf<T extends string>(comparator: string, valid: readonly T[]): comparator is T {
  return (valid as readonly string[]).includes(comparator);
}

/** The server closes the quote for some kinds of key and forgets it for others: `end` is what it writes. */
export function requireOneOf<T extends string>(
  comparator: string,
  valid: readonly T[],
  end: "'" | '',
  shown: readonly string[] = valid,
): T {
  if (isOneOf(comparator, valid)) return comparator;
  throw invalidParameter(brief`Invalid comparator '${comparator}' not one of '${pythonSet(shown)}${end}`);
}
