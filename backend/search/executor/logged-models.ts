import { groupBy } from '../../group-by.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { LoggedModel, LoggedModelInfo, ModelMetric } from '../../entities/logged-model.ts';
import { loggedModelStatuses } from '../../entities/logged-model.ts';
import type { ListTest, LoggedModelAttribute, LoggedModelClause, NumberTest, TextTest } from '../clauses.ts';
import { numberTest, textTest } from './tests.ts';

/** A dataset that a search asks for. */
export interface WantedDataset {
  readonly name: string;
  readonly digest: string;
}

/** Says of one logged model whether a filter holds. */
export type LoggedModelTest = (model: LoggedModel) => boolean;

/** A filter ready to run over many logged models. */
export interface LoggedModelFilter {
  readonly test: LoggedModelTest;
  /** The metrics that the test looks at. */
  readonly metrics: 'all' | readonly string[];
}

/**
 * @param datasets where there are some, only points on them count, and a model must have one
 */
export function compileLoggedModelFilter(
  clauses: readonly LoggedModelClause[],
  datasets: readonly WantedDataset[],
): LoggedModelFilter {
  const wanted = new Set(datasets.map(idOf));
  const isWanted = ({ dataset }: ModelMetric): boolean =>
    wanted.size === 0 || (dataset !== undefined && wanted.has(idOf(dataset)));
  const tests = clauses.map((clause) => clauseTest(clause, isWanted));
  const keys = clauses.flatMap((clause) => (clause.of === 'metric' ? [clause.key] : []));
  const needsAny = datasets.length > 0 && keys.length === 0;
  return {
    test: ({ info, metrics }) => {
      const metricsOf = lookUpByKey(metrics);
      return tests.every((test) => test(info, metricsOf)) && (!needsAny || metrics.some(isWanted));
    },
    metrics: needsAny ? 'all' : keys,
  };
}

const idOf = ({ name, digest }: WantedDataset): string => JSON.stringify([name, digest]);

type MetricsOf = (key: string) => readonly ModelMetric[];
type ClauseTest = (info: LoggedModelInfo, metricsOf: MetricsOf) => boolean;

/** The metrics are gone through once, at the first question, however many clauses there are. */
function lookUpByKey(metrics: readonly ModelMetric[]): MetricsOf {
  let byKey: Map<string, ModelMetric[]> | undefined;
  return (key) => (byKey ??= groupBy(metrics, (metric) => metric.key)).get(key) ?? [];
}

function clauseTest(clause: LoggedModelClause, isWanted: (metric: ModelMetric) => boolean): ClauseTest {
  switch (clause.of) {
    case 'metric': {
      const { key } = clause;
      const passes = sqlNumberTest(clause.test);
      return (_info, metricsOf) => metricsOf(key).some((metric) => passes(metric.value) && isWanted(metric));
    }
    case 'parameter':
      return keyedTest(({ params }) => params, clause.key, clause.test);
    case 'tag':
      return keyedTest(({ tags }) => tags, clause.key, clause.test);
    case 'time': {
      const { key } = clause;
      const passes = sqlNumberTest(clause.test);
      return (info) => passes(info[key]);
    }
    case 'attribute':
      return attributeTest(clause.key, clause.test);
  }
}

/** As SQL, in which nothing compares with NaN, not even by `!=`. */
const sqlNumberTest = (test: NumberTest): ((number: Int64) => boolean) =>
  Number.isNaN(test.value) ? () => false : numberTest(test);

function keyedTest(
  of: (info: LoggedModelInfo) => ReadonlyMap<string, string>,
  key: string,
  test: TextTest | ListTest,
): ClauseTest {
  const passes = textTest(test);
  return (info) => {
    const value = of(info).get(key);
    return value !== undefined && passes(value);
  };
}

function attributeTest(key: LoggedModelAttribute, test: TextTest | ListTest): ClauseTest {
  const passes = textTest(key === 'status' || key === 'experiment_id' ? asNumbers(test) : test);
  // In an empty list there is not even NULL.
  const takesAbsent = test.comparator === 'NOT IN' && test.values.length === 0;
  return (info) => {
    const value = attributeText(info, key);
    return value === undefined ? takesAbsent : passes(value);
  };
}

/**
 * The server keeps statuses and experiment ids as numbers, and a text that reads as a number is compared as one:
 * `status = '2.0'` is READY. LIKE compares their digits.
 */
function asNumbers(test: TextTest | ListTest): TextTest | ListTest {
  const plain = (text: string): string =>
    /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? String(Number(text)) : text;
  if ('values' in test) return { ...test, values: test.values.map(plain) };
  return test.comparator === '=' || test.comparator === '!=' ? { ...test, value: plain(test.value) } : test;
}

/** The attribute as the server's column has it; undefined for a status message, which no model has. */
function attributeText(info: LoggedModelInfo, key: LoggedModelAttribute): string | undefined {
  switch (key) {
    case 'artifact_location':
      return info.artifactUri;
    case 'experiment_id':
      return info.experimentId;
    case 'lifecycle_stage':
      return info.stage;
    case 'model_id':
      return info.modelId;
    case 'model_type':
      return info.modelType;
    case 'name':
      return info.name;
    case 'source_run_id':
      return info.sourceRunId;
    case 'status':
      return String(loggedModelStatuses.indexOf(info.status));
    case 'status_message':
      return undefined;
  }
}

/** What an order compares; numbers where the server's column has numbers. */
export function attributeValue(info: LoggedModelInfo, key: LoggedModelAttribute): string | number | undefined {
  const text = attributeText(info, key);
  return key === 'status' || key === 'experiment_id' ? Number(text) : text;
}
