import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { MlflowError } from '../../../backend/errors.ts';
import { readExperimentOrder, readRunOrder } from '../../../backend/search/order-by.ts';
import { readExperimentFilter } from '../../../backend/search/validator/experiments.ts';
import { readRunFilter } from '../../../backend/search/validator/runs.ts';
import { shownExperimentClause, shownOrder, shownRunClause } from './shown.ts';

type What = 'runs' | 'experiments' | 'runs order' | 'experiments order';
interface Answer {
  readonly read?: unknown;
  readonly code?: string;
  readonly message?: string;
}

const cases = JSON.parse(readFileSync(new URL('../../data/search-cases.json', import.meta.url), 'utf8')) as [
  What,
  string,
  Answer,
][];

const read: Record<What, (text: string) => unknown> = {
  runs: (text) => readRunFilter(text)().map(shownRunClause),
  experiments: (text) => readExperimentFilter(text).map(shownExperimentClause),
  'runs order': (text) => readRunOrder([text]).map(shownOrder)[0],
  'experiments order': (text) => readExperimentOrder([text]).map(shownOrder)[0],
};

/** Python prints a set in an arbitrary order. */
const inOrder = (message: string): string =>
  message.replaceAll(
    /\{('[^']+'(?:, '[^']+')*)\}/g,
    (_all, items: string) => `{${items.split(', ').sort().join(', ')}}`,
  );

function answerOf(what: What, text: string): Answer {
  try {
    return { read: read[what](text) };
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    return { code: error.code, message: inOrder(error.message) };
  }
}

/** Where the server fails inside (500), a filter is refused as invalid instead. */
const isDefect = (answer: Answer): boolean => answer.code === 'INTERNAL_ERROR';

describe('the filter language against what MLflow reads', () => {
  for (const what of Object.keys(read) as What[]) {
    const mine = cases.filter(([kind]) => kind === what);

    it(`reads ${mine.length} texts of ${what} as MLflow does`, () => {
      expect(mine).to.have.length.above(30);
      const wrong = mine
        .map(([, text, wanted]) => ({ text, wanted, got: answerOf(what, text) }))
        .filter(({ wanted, got }) =>
          isDefect(wanted) ? got.code !== 'INVALID_PARAMETER_VALUE' : JSON.stringify(got) !== JSON.stringify(wanted),
        );
      expect(wrong).to.deep.equal([]);
    });
  }
});
