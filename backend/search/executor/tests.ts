import type { Int64 } from '../../entities/int64.ts';
import { compareInt64 } from '../../entities/int64.ts';
import type { ListTest, NumberTest, TextTest } from '../clauses.ts';
import { ilike, like } from './like.ts';

/** Whether a number passes. NaN passes `!=` only. */
export function numberTest({ comparator, value }: NumberTest): (number: Int64) => boolean {
  switch (comparator) {
    case '>':
      return (number) => number > value;
    case '>=':
      return (number) => number >= value;
    case '<':
      return (number) => number < value;
    case '<=':
      return (number) => number <= value;
    case '=':
      return (number) => isSame(number, value);
    case '!=':
      return (number) => !isSame(number, value);
  }
}

/** A bigint may equal a double that is too large to be kept as an Int64 `number`. */
const isSame = (a: Int64, b: Int64): boolean => (typeof a === typeof b ? a === b : compareInt64(a, b) === 0);

export function textTest(test: TextTest | ListTest): (text: string) => boolean {
  switch (test.comparator) {
    case '=':
      return (text) => text === test.value;
    case '!=':
      return (text) => text !== test.value;
    case 'LIKE':
      return like(test.value);
    case 'ILIKE':
      return ilike(test.value);
    case 'IN':
    case 'NOT IN': {
      const values = new Set(test.values);
      const wanted = test.comparator === 'IN';
      return (text) => values.has(text) === wanted;
    }
  }
}
