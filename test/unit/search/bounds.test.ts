import { expect } from 'chai';
import type { LoggedModel, ModelMetric } from '../../../backend/entities/logged-model.ts';
import { compileLoggedModelFilter } from '../../../backend/search/executor/logged-models.ts';
import { readLoggedModelOrder } from '../../../backend/search/logged-model-order.ts';
import { readExperimentOrder, readRunOrder } from '../../../backend/search/order-by.ts';
import { readModelVersionOrder, readRegisteredModelOrder } from '../../../backend/search/registry-order-by.ts';
import { readExperimentFilter } from '../../../backend/search/validator/experiments.ts';
import { readLoggedModelFilter } from '../../../backend/search/validator/logged-models.ts';
import { readModelVersionFilter } from '../../../backend/search/validator/model-versions.ts';
import { readRegisteredModelFilter } from '../../../backend/search/validator/registered-models.ts';
import { readRunFilter } from '../../../backend/search/validator/runs.ts';
import { countingReads } from '../../support/counting.ts';
import { refusal } from '../../support/refusal.ts';

const filters: Readonly<Record<string, (filter: string) => readonly unknown[]>> = {
  runs: (filter) => readRunFilter(filter)(),
  experiments: readExperimentFilter,
  models: (filter) => readRegisteredModelFilter(filter)(),
  versions: (filter) => readModelVersionFilter(filter)(),
  'logged models': readLoggedModelFilter,
};

/** The bounds of MLflow 3.17.2, which reads filters with sqlparse 0.6.1. */
describe('bounds of a search', () => {
  for (const [kind, read] of Object.entries(filters)) {
    const tooLong =
      kind === 'logged models'
        ? /^INVALID_PARAMETER_VALUE Invalid filter string: .*It is too long, or has too many tokens\.$/s
        : /^INVALID_PARAMETER_VALUE Error on parsing filter /;

    it(`a filter over ${kind} has ten thousand tokens at most, each blank being one`, () => {
      const clause = "tags.a = 'x'"; // tags, dot, a, blank, =, blank, 'x'
      expect(read(clause + ' '.repeat(9993))).to.have.length(1);
      expect(read(' '.repeat(9993) + clause)).to.have.length(1);
      expect(read('\r\n'.repeat(9993) + clause)).to.have.length(1);
      expect(read(`tags.a${' '.repeat(9000)}= 'x'`)).to.have.length(1);
      for (const blank of [' ', '\t', '\n', '\r\n']) {
        expect(refusal(() => read(clause + blank.repeat(9994)))).to.match(tooLong);
        expect(refusal(() => read(blank.repeat(200_000) + clause))).to.match(tooLong);
      }
      const more = Array.from({ length: 999 }, (_none, index) => `tags.a${index} = 'x'`);
      expect(read(more.join(' AND '))).to.have.length(999);
      expect(refusal(() => read([...more, ...more].join(' AND ')))).to.match(tooLong);
    });

    it(`a filter over ${kind} of blanks alone is none, and an endless one is not read`, () => {
      const nothing = /(Could not be parsed|Expected a single SQL expression)\.$/;
      for (const count of [1, 10_001, 200_000]) expect(refusal(() => read(' '.repeat(count)))).to.match(nothing);
      expect(read(`tags.a = '${'x'.repeat(999_000)}'`)).to.have.length(1);
      expect(refusal(() => read(`tags.a = '${'x'.repeat(1_000_000)}'`))).to.match(tooLong);
    });

    it(`a filter over ${kind} is shown by its beginning`, () => {
      const long = 'x'.repeat(100_000);
      const names = [`${long} = 'a'`, `a.${long} = 1`, `${long}.a = 'b'`, `"${long}" = 1`, `run_id ${long} 'a'`];
      const values = [`metrics.a > '${long}'`, `name IN (${long})`, `name IN ('a', ${'9'.repeat(4000)}, '${long}`];
      const wholes = [
        `'${long}`,
        `name = 'a' ${long}`,
        `(${long}`,
        `${long};${long}`,
        ...(kind === 'logged models' ? [] : [`tags.a = ${long}`]),
      ];
      for (const filter of [...names, ...values, ...wholes]) {
        expect(refusal(() => read(filter)).length, filter.slice(0, 30)).to.be.below(1500);
      }
    });
  }

  it('a list has brackets nested a hundred times', () => {
    const nested = (depth: number): string => `run_id IN ${'('.repeat(depth)}'x'${')'.repeat(depth)}`;
    expect(filters['runs']?.(nested(100))).to.have.length(1);
    for (const depth of [101, 4000]) expect(refusal(() => readRunFilter(nested(depth)))).to.contain('ill-formed list');
  });

  it('a number that is an integer to Python has 4,300 digits', () => {
    const digits = '7'.repeat(4300);
    for (const sign of ['', '-']) {
      expect(readRunFilter(`start_time > ${sign}${digits}`)()).to.have.length(1);
      expect(readExperimentFilter(`creation_time > ${sign}${digits}`)).to.have.length(1);
      expect(readModelVersionFilter(`version_number > ${sign}${digits}`)()).to.have.length(1);
      expect(readRunFilter(`metrics.a > ${sign}${digits}7`)(), 'a float').to.have.length(1);
      const refused = 'INVALID_PARAMETER_VALUE A number in a filter has at most 4300 digits.';
      expect(refusal(() => readRunFilter(`start_time > ${sign}${digits}7`)())).to.equal(refused);
      expect(refusal(() => readExperimentFilter(`creation_time > ${sign}${digits}7`))).to.equal(refused);
      expect(refusal(() => readModelVersionFilter(`version_number > ${sign}${digits}7`)())).to.equal(refused);
    }
    expect(readExperimentFilter(`experiment_id = '${digits}'`)).to.have.length(1);
    expect(refusal(() => readExperimentFilter(`experiment_id = '${digits}7'`))).to.match(
      /Invalid experiment ID '7{500}\.\.\.'/,
    );
    expect(refusal(() => readModelVersionFilter(`version_number = '${digits}7'`)())).to.contain("'version_number': '7");
  });

  it('an order has a hundred keys', () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_none, index) => `tags.a${index}`);
    const fields = (count: number) =>
      names(count).map((name) => ({ field: `metrics.${name}`, ascending: true, datasetName: '', datasetDigest: '' }));
    expect(readRunOrder(names(100))).to.have.length(100);
    expect(readLoggedModelOrder(fields(100))).to.have.length(100);
    const refused = 'INVALID_PARAMETER_VALUE An order_by has at most 100 clauses.';
    for (const read of [readRunOrder, readExperimentOrder, readRegisteredModelOrder, readModelVersionOrder]) {
      expect(refusal(() => read(names(101)))).to.equal(refused);
    }
    expect(refusal(() => readLoggedModelOrder(fields(101)))).to.equal(refused);
  });

  it('each metric of a logged model is looked at once, however many clauses and datasets there are', () => {
    const dataset = { name: 'd', digest: 'x' };
    const metric = (step: number): ModelMetric => {
      return { key: `m${step % 50}`, value: step < 4950 ? 0 : 1, timestamp: 1, step, runId: 'r', dataset };
    };
    const { objects, reads } = countingReads(
      Array.from({ length: 5000 }, (_none, index) => metric(index)),
      'key',
    );
    const clauses = Array.from({ length: 500 }, (_none, index) => `metrics.m${index % 50} >= 1`).join(' AND ');
    const datasets = Array.from({ length: 1000 }, (_none, index) => ({
      name: 'd',
      digest: index === 999 ? 'x' : `${index}`,
    }));
    const model = { info: { params: new Map(), tags: new Map() }, metrics: objects } as unknown as LoggedModel;
    expect(compileLoggedModelFilter(readLoggedModelFilter(clauses), datasets).test(model)).to.equal(true);
    expect(reads()).to.be.at.most(3 * 5000);
    expect(compileLoggedModelFilter(readLoggedModelFilter(clauses), datasets.slice(1, 9)).test(model)).to.equal(false);
  });

  // As long as every mark was where the rest might begin to match, this took hours.
  it('marks without end inside a value cost no more than other characters', () => {
    const marks = "''".repeat(200_000);
    expect(readLoggedModelFilter(`name = 'a${marks}b'`)).to.deep.equal([
      { of: 'attribute', key: 'name', test: { comparator: '=', value: `a${marks}b` } },
    ]);
    const ticks = '``'.repeat(200_000);
    expect(refusal(() => readLoggedModelFilter(`\`a${ticks}b\` = 'x'`))).to.contain('Invalid attribute key');
    const digits = `status = '${'1'.repeat(400_000)}x'`;
    const model = { info: { status: 'READY' }, metrics: [] } as unknown as LoggedModel;
    expect(compileLoggedModelFilter(readLoggedModelFilter(digits), []).test(model)).to.equal(false);
  });
});
