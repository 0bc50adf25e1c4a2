import type { Difference } from './differences.ts';
import { Normaliser } from './normalise.ts';
import { badRequest, invalid, notCrash, notSql } from './our-answers.ts';
import type { Ours } from './our-answers.ts';

const cut = 'Of a value that has more than 500 characters a message shows the beginning.';
const tooManyDigits = invalid('A number in a filter has at most 4300 digits.');
const tooDeep = badRequest('The request body has more than 978 levels of nesting.');

/** As a recording shortens it. */
const long = (message: string): Ours => invalid(new Normaliser('<unique>').text(message));
const beginning = (text: string): string => `${text.slice(0, 500)}...`;
const noId = (id: string): Ours =>
  long(`Invalid experiment ID '${beginning(id)}'. Experiment ID must be a valid integer.`);
const wrongTypeOf = (name: string, value: string, type: string): Ours =>
  long(
    `Invalid value ${value} for parameter '${name}' supplied:  Hint: Value was of type '${type}'. ` +
      'See the API docs for more information about request parameters.',
  );
const [zeros, sevens] = ['0', '7'].map((digit) => digit.repeat(501)) as [string, string];
const blanks = `tags.a = 'x'${' '.repeat(500)}`;
const breaks = `tags.a = 'x'${'\n'.repeat(500)}`;
const tooManyTokens = long(`Error on parsing filter '${beginning(blanks)}'`);

/** Where bounds of what is read, and of what a message shows, are not those of MLflow's server. */
export const explainedBounds: readonly Difference[] = [
  {
    group: 'bounds',
    sequence: 'digits of an experiment id, zeros in front among them',
    reason: cut,
    ours: { 1: noId(zeros), 2: noId(sevens), 3: noId(sevens), 4: noId(`-${sevens}`), 5: noId(sevens) },
  },
  {
    group: 'bounds',
    sequence: 'digits of an integer in a body',
    reason: `${notCrash} ${notSql} ${cut}`,
    ours: {
      9: wrongTypeOf('value', `1${'0'.repeat(309)}`, 'int'),
      10: badRequest('A run needs an experiment_id.'),
      11: wrongTypeOf('start_time', beginning(`"${sevens}`), 'str'),
    },
  },
  {
    group: 'bounds',
    sequence: 'digits of a version',
    reason: cut,
    ours: { 0: long(`Parameter 'version' must be an integer, got '${beginning(sevens)}'.`) },
  },
  {
    group: 'bounds',
    sequence: 'digits of a number in a filter',
    reason: `${notCrash} ${cut}`,
    ours: { 1: tooManyDigits, 3: tooManyDigits, 4: noId(sevens) },
  },
  { group: 'bounds', sequence: 'levels of a body', reason: notCrash, ours: { 4: tooDeep, 5: tooDeep } },
  {
    group: 'bounds',
    sequence: 'tokens of a filter, of which each blank is one',
    reason: `${cut} Of logged models it does not name the exception of a parser.`,
    ours: {
      2: tooManyTokens,
      4: long(`Error on parsing filter '${beginning(breaks)}'`),
      5: long(`Invalid filter '${beginning(' '.repeat(501))}'. Could not be parsed.`),
      7: tooManyTokens,
      9: long(`Invalid filter string: ${beginning(`"${blanks}`)}. It is too long, or has too many tokens.`),
    },
  },
  {
    group: 'bounds',
    sequence: 'tokens of a filter in a query',
    reason: cut,
    ours: { 1: tooManyTokens, 3: tooManyTokens, 5: tooManyTokens },
  },
];
