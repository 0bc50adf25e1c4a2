import { expect } from 'chai';
import fc from 'fast-check';
import { MlflowError } from '../../../backend/errors.ts';
import type { RunClause } from '../../../backend/search/clauses.ts';
import { readExperimentOrder, readRunOrder } from '../../../backend/search/order-by.ts';
import { readExperimentFilter } from '../../../backend/search/validator/experiments.ts';
import { readLoggedModelFilter } from '../../../backend/search/validator/logged-models.ts';
import { readRunFilter } from '../../../backend/search/validator/runs.ts';

const key = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((text) => !/[`'"]/.test(text));
const text = fc.string({ maxLength: 12, unit: 'binary' }).filter((value) => !/['\\]/.test(value));
const textTest = fc.record({ comparator: fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'), value: text });
const presence = fc.record({ comparator: fc.constantFrom('IS NULL', 'IS NOT NULL') });
const list = fc.record({
  comparator: fc.constantFrom('IN', 'NOT IN'),
  values: fc.array(fc.stringMatching(/^[0-9a-f]{1,32}$/), { minLength: 1, maxLength: 3 }),
});
const numberComparator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const plainNumber = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => !/e\+/.test(String(value)) && !Object.is(value, -0));

const clause = fc.oneof(
  fc.record({ of: fc.constant('metric'), key, test: fc.record({ comparator: numberComparator, value: plainNumber }) }),
  fc.record({ of: fc.constantFrom('parameter', 'tag'), key, test: fc.oneof(textTest, presence) }),
  fc.record({
    of: fc.constant('number attribute'),
    key: fc.constantFrom('start_time', 'end_time'),
    test: fc.record({ comparator: numberComparator, value: fc.maxSafeInteger() }),
  }),
  fc.record({
    of: fc.constant('text attribute'),
    key: fc.constantFrom('status', 'run_name', 'user_id', 'artifact_uri'),
    test: textTest,
  }),
  fc.record({ of: fc.constant('text attribute'), key: fc.constant('run_id'), test: fc.oneof(textTest, list) }),
  fc.record({ of: fc.constant('dataset'), key: fc.constantFrom('name', 'digest', 'context'), test: textTest }),
) as fc.Arbitrary<RunClause>;

function print({ of, key: name, test }: RunClause): string {
  const prefix = of.endsWith('attribute') ? 'attribute' : of;
  const value =
    'values' in test
      ? `(${test.values.map((one) => `'${one}'`).join(', ')})`
      : 'value' in test
        ? typeof test.value === 'string'
          ? `'${test.value}'`
          : String(test.value)
        : '';
  return `${prefix}.\`${name}\` ${test.comparator} ${value}`;
}

/** Pieces that mean something, so that nonsense gets far into the parser. */
const pieces = [
  ...[
    'metrics',
    'params',
    'tags',
    '.',
    'a',
    '`',
    "'",
    '"',
    '(',
    ')',
    '[',
    ']',
    ',',
    ';',
    '=',
    '!=',
    '>',
    '-1',
    '2.5e3',
  ],
  ...[' ', '\n', '--', '/*', '*/', '#', '%s', ':x', '$', '\\', 'AND', 'IN', 'NOT', 'IS', 'NULL', 'LIKE', 'WHERE', 'AS'],
  ...['DESC', 'timestamp', 'run_id', "('x')", "'y'", 'é', '😀', '\u0000', '\ud800'],
];
const nonsense = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 15 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 15 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

function refusesAtMost(read: (text: string) => unknown, input: string): void {
  try {
    read(input);
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    expect(error.code).to.be.oneOf(['INVALID_PARAMETER_VALUE', 'BAD_REQUEST']);
  }
}

describe('filters', () => {
  it('read back as they were printed', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 4 }), (clauses) => {
        expect(readRunFilter(clauses.map(print).join(' AND '))()).to.deep.equal(clauses);
      }),
      { numRuns: 1000 },
    );
  });

  it('that are nonsense are refused and nothing worse', () => {
    fc.assert(
      fc.property(nonsense, (input) => {
        refusesAtMost((filter) => readRunFilter(filter)(), input);
        refusesAtMost(readExperimentFilter, input);
        refusesAtMost((clause_) => readRunOrder([clause_]), input);
        refusesAtMost((clause_) => readExperimentOrder([clause_]), input);
      }),
      { numRuns: 3000 },
    );
  });

  it("take a logged model's None for SQL's NULL, which is in no list and of which nothing is known", () => {
    const tests = (list: string): unknown => readLoggedModelFilter(`name ${list}`).map(({ test }) => test);
    expect(tests("IN ('a', None)")).to.deep.equal([{ comparator: 'IN', values: ['a'] }]);
    expect(tests("NOT IN ('a', None)")).to.deep.equal([{ comparator: 'IN', values: [] }]);
    expect(tests("NOT IN ('a', 'None')")).to.deep.equal([{ comparator: 'NOT IN', values: ['a', 'None'] }]);
  });

  it('name what is wrong with any other clause before a list without IN', () => {
    const refused = (read: () => unknown): string => {
      try {
        read();
      } catch (error) {
        if (error instanceof MlflowError) return error.code;
      }
      return 'nothing was refused';
    };
    const list = "run_id != ('x')";
    expect(refused(readRunFilter(list))).to.equal('BAD_REQUEST');
    expect(refused(readRunFilter(`${list} AND status ~ 'x'`))).to.equal('INVALID_PARAMETER_VALUE');
    const ids = "experiment_id != ('1')";
    expect(refused(() => readExperimentFilter(ids))).to.equal('BAD_REQUEST');
    expect(refused(() => readExperimentFilter(`${ids} AND name ~ 'x'`))).to.equal('INVALID_PARAMETER_VALUE');
  });

  const units = [
    "a.b = 'x' AND ",
    '(',
    "'",
    '`',
    '[',
    'a.',
    '/*',
    '/* ',
    '$a$',
    "''",
    "\\'",
    'NOT ',
    ' ',
    'a IN (',
    '9',
    'é',
  ];
  const longTexts = [
    ...units.map((unit) => unit.repeat(1e6 / unit.length)),
    ...["params.a = '", 'params.`', "run_id IN ('", 'start_time > 9'].map((start) => start + '9'.repeat(1e6)),
    `params.\`${'9'.repeat(1e6)}\` = 'x'`,
    `run_id IN ('${'9'.repeat(1e6)}')`,
  ];
  for (const input of longTexts) {
    it(`of a megabyte are read or refused at once: ${input.slice(0, 16)}...`, () => {
      const started = process.cpuUsage();
      refusesAtMost((filter) => readRunFilter(filter)(), input);
      refusesAtMost((clause_) => readRunOrder([clause_]), input);
      expect(process.cpuUsage(started).user, 'microseconds').to.be.below(2_000_000);
    });
  }
});
