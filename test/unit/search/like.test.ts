import { expect } from 'chai';
import fc from 'fast-check';
import { MlflowError } from '../../../backend/errors.ts';
import { ilike, like } from '../../../backend/search/executor/like.ts';
import { charactersRead } from '../../support/counting.ts';

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

  it('finds a long part where a try of every place finds it', () => {
    const unit = fc.constantFrom('a', 'a', 'a', 'b', '😀');
    const text = fc.array(unit, { minLength: 60, maxLength: 200 });
    const part = fc.array(fc.oneof({ weight: 30, arbitrary: unit }, { weight: 1, arbitrary: fc.constant('_') }), {
      minLength: 20,
      maxLength: 70,
    });
    const taken = fc.tuple(text, fc.nat(), fc.nat({ max: 9 })).map(([whole, start, gap]) => ({
      whole,
      wanted: whole.slice(start % 60, (start % 60) + 70).map((one, at) => (at % 11 === gap ? '_' : one)),
    }));
    const either = fc.oneof(taken, fc.record({ whole: text, wanted: part }));
    fc.assert(
      fc.property(either, fc.constantFrom('', 'a', '_'), ({ whole, wanted }, last) => {
        const ends = (at: number): boolean =>
          last === '' || (at < whole.length && (last === '_' || last === whole.at(-1)));
        const found = whole.some(
          (_one, start) =>
            wanted.every((one, at) => whole[start + at] !== undefined && (one === '_' || one === whole[start + at])) &&
            ends(start + wanted.length),
        );
        expect(like(`%${wanted.join('')}%${last}`)(whole.join(''))).to.equal(found);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads each character of a text a fixed number of times, also where most positions almost match', () => {
    const text = 'a'.repeat(20_000);
    const almost = [
      '%a_',
      `%${'a'.repeat(500)}b${'a'.repeat(499)}%`,
      `%${'a'.repeat(400)}_b`,
      `%${'_'.repeat(999)}`,
      `%_${'a'.repeat(998)}`,
      '%a_%',
    ];
    for (const part of almost) {
      for (const pattern of [`${part.repeat(20)}%b`, `${part}b%`, `${part}%${'_'.repeat(19_000)}b`, `${part}b`]) {
        const matches = like(pattern);
        const reads = charactersRead(() => expect(matches(text)).to.equal(false));
        expect(reads, pattern.slice(0, 40)).to.be.at.most(6 * text.length);
      }
    }
  });

  it('takes no part that could make each character costly', () => {
    const longest = 'a'.repeat(1000);
    expect(like(`%${longest}%`)(`b${longest}`)).to.equal(true);
    expect(() => like(`%${longest}a%`)).to.throw(MlflowError, /at most 1000 characters between two '%'/);
    expect(like(`${longest}a%`)(`${longest}ab`), 'in front').to.equal(true);
    expect(like(`%${longest}a`)(`b${longest}a`), 'at the end').to.equal(true);
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
