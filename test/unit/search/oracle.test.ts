import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { answerOf, isAsWanted, whats } from './answer.ts';
import type { Answer, What } from './answer.ts';

const cases = JSON.parse(readFileSync(new URL('../../data/search-cases.json', import.meta.url), 'utf8')) as [
  What,
  string,
  Answer,
][];

describe('the filter language against what MLflow reads', () => {
  for (const what of whats) {
    const mine = cases.filter(([kind]) => kind === what);

    it(`reads ${mine.length} texts of ${what} as MLflow does`, () => {
      expect(mine).to.have.length.above(30);
      const wrong = mine
        .map(([, text, wanted]) => ({ text, wanted, got: answerOf(what, text) }))
        .filter(({ wanted, got }) => !isAsWanted(wanted, got));
      expect(wrong).to.deep.equal([]);
    });
  }
});
