import { expect } from 'chai';
import fc from 'fast-check';
import { ilike, like } from '../../../backend/search/executor/like.ts';

/** LIKE by the book, as slow as it may be: each `%` is tried at every length. */
function slowLike(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '%') return text.some((_, at) => slowLike(rest, text.slice(at))) || slowLike(rest, []);
  return text.length > 0 && (first === '_' || first === text[0]) && slowLike(rest, text.slice(1));
}

const letters = (extra: string) => fc.array(fc.constantFrom(...`aAbé😀${extra}`), { maxLength: 8 });

describe('LIKE', () => {
  // What MLflow's server on SQLite answered.
  const answers: readonly [pattern: string, text: string, matches: boolean][] = [
    ['a%', 'abC', true],
    ['a%', 'Abc', false],
    ['a_c', 'a_c', true],
    ['_', '😀', true],
    ['_', '\n', true],
    ['_', '', false],
    ['%', '', true],
    ['', 'a', false],
    ['a\\_c', 'a_c', false],
    ['[aA]%', 'a', false],
  ];
  for (const [pattern, text, matches] of answers) {
    it(`${JSON.stringify(text)} is ${matches ? '' : 'not '}like '${pattern}'`, () => {
      expect(like(pattern)(text)).to.equal(matches);
    });
  }

  it('matches as a try of every length does', () => {
    fc.assert(
      fc.property(letters('%%%__'), letters(''), (pattern, text) => {
        expect(like(pattern.join(''))(text.join(''))).to.equal(slowLike(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the text, also where most positions almost match', () => {
    const text = 'a'.repeat(6000);
    const started = process.cpuUsage();
    expect(like(`${'%a_'.repeat(20)}%b`)(text)).to.equal(false);
    expect(process.cpuUsage(started).user, 'microseconds').to.be.below(500_000);
  });
});

describe('ILIKE', () => {
  it('takes ASCII letters as equal in both cases, and no others', () => {
    expect(ilike('A_C%')('abcd')).to.equal(true);
    expect(ilike('abc')('ABC')).to.equal(true);
    expect(ilike('é')('É')).to.equal(false);
    expect(ilike('K')('\u212a')).to.equal(false);
  });
});
