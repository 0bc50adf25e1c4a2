import { MlflowError } from '../../../backend/errors.ts';
import { readExperimentOrder, readRunOrder } from '../../../backend/search/order-by.ts';
import { readModelVersionOrder, readRegisteredModelOrder } from '../../../backend/search/registry-order-by.ts';
import { readExperimentFilter } from '../../../backend/search/validator/experiments.ts';
import { readModelVersionFilter } from '../../../backend/search/validator/model-versions.ts';
import { readRegisteredModelFilter } from '../../../backend/search/validator/registered-models.ts';
import { readRunFilter } from '../../../backend/search/validator/runs.ts';
import { shownExperimentClause, shownOrder, shownRegistryClause, shownRunClause } from './shown.ts';

/** What a text is read as. */
export type What = Searched | `${Searched} order`;
type Searched = 'runs' | 'experiments' | 'models' | 'versions';

/** What a text was understood as, or why it was not: as test/record/search-cases.py writes it. */
export interface Answer {
  readonly read?: unknown;
  readonly code?: string;
  readonly message?: string;
}

const read: Record<What, (text: string) => unknown> = {
  runs: (text) => readRunFilter(text)().map(shownRunClause),
  experiments: (text) => readExperimentFilter(text).map(shownExperimentClause),
  models: (text) => readRegisteredModelFilter(text)().map(shownRegistryClause),
  versions: (text) => readModelVersionFilter(text)().map(shownRegistryClause),
  'runs order': (text) => readRunOrder([text]).map(shownOrder)[0],
  'experiments order': (text) => readExperimentOrder([text]).map(shownOrder)[0],
  // What an order is completed with is of no clause.
  'models order': (text) => readRegisteredModelOrder([text]).map(shownOrder)[0],
  'versions order': (text) => readModelVersionOrder([text]).map(shownOrder)[0],
};

export const whats = Object.keys(read) as readonly What[];

/** Python prints a set in an arbitrary order. */
const inOrder = (message: string): string =>
  message.replaceAll(
    /\{('[^']+'(?:, '[^']+')*)\}/g,
    (_all, items: string) => `{${items.split(', ').sort().join(', ')}}`,
  );

export function answerOf(what: What, text: string): Answer {
  try {
    return { read: read[what](text) };
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    return { code: error.code, message: inOrder(error.message) };
  }
}

/**
 * Whether ours is right: where the server fails inside (500), a text is refused as invalid instead; and what its database
 * refuses behind its parser, a list without IN, is refused here.
 */
export function isAsWanted(wanted: Answer, got: Answer): boolean {
  if (wanted.code === 'INTERNAL_ERROR') return got.code === 'INVALID_PARAMETER_VALUE';
  if (got.code === 'BAD_REQUEST') return holdsListWithoutIn(wanted.read);
  return JSON.stringify(got) === JSON.stringify(wanted);
}

/** A clause that was read stands as `[kind, key, comparator, value]`. */
const holdsListWithoutIn = (read: unknown): boolean =>
  Array.isArray(read) &&
  read.some(
    (clause: unknown) =>
      Array.isArray(clause) && Array.isArray(clause[3]) && clause[2] !== 'IN' && clause[2] !== 'NOT IN',
  );
