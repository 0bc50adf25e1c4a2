import { datasetContextTag } from '../../entities/dataset.ts';
import type { Run } from '../../entities/run.ts';
import type { PresenceTest, RunClause, RunTextAttribute, TextTest } from '../clauses.ts';
import type { NamedParts } from './parts.ts';
import { unionOfParts } from './parts.ts';
import { numberTest, textTest } from './tests.ts';

/** Says of one run whether a filter holds. */
export type RunTest = (run: Run) => boolean;

/** A filter ready to run over many runs. */
export interface RunFilter {
  readonly test: RunTest;
  /** What of a run the test looks at. */
  readonly parts: NamedParts;
  /** Every run passes. */
  readonly isTrivial: boolean;
  /** Only these runs can pass; undefined where any may. */
  readonly runIds: readonly string[] | undefined;
}

/** The name that filters know; it and the attribute go apart only when the tag is deleted. */
const runNameTag = 'mlflow.runName';

export function compileRunFilter(clauses: readonly RunClause[]): RunFilter {
  const tests = clauses.map(runTest);
  const [only] = tests;
  return {
    test: only !== undefined && tests.length === 1 ? only : (run) => tests.every((test) => test(run)),
    parts: partsOf(clauses),
    isTrivial: clauses.length === 0,
    runIds: runIdsOf(clauses),
  };
}

function runTest(clause: RunClause): RunTest {
  switch (clause.of) {
    case 'metric': {
      const { key } = clause;
      const passes = numberTest(clause.test);
      return ({ metrics }) => {
        const point = metrics.get(key);
        return point !== undefined && passes(point.value);
      };
    }
    case 'parameter':
      return keyedTest((run) => run.params, clause);
    case 'tag':
      return keyedTest((run) => run.tags, clause);
    case 'number attribute': {
      const passes = numberTest(clause.test);
      if (clause.key === 'start_time') return ({ info }) => passes(info.startTime);
      return ({ info }) => info.endTime !== undefined && passes(info.endTime);
    }
    case 'text attribute':
      return attributeTest(clause.key, textTest(clause.test));
    case 'dataset': {
      const { key } = clause;
      const passes = textTest(clause.test);
      // One of the run's datasets is enough, and of two clauses each may hold for another one.
      return ({ links }) =>
        links?.datasets.some((dataset) => {
          const value = key === 'context' ? dataset.tags.get(datasetContextTag) : dataset[key];
          return value !== undefined && passes(value);
        }) ?? false;
    }
  }
}

type Keyed = (run: Run) => ReadonlyMap<string, string>;

function keyedTest(
  of: Keyed,
  { key, test }: { readonly key: string; readonly test: TextTest | PresenceTest },
): RunTest {
  if (!('value' in test)) return (run) => of(run).has(key) === (test.comparator === 'IS NOT NULL');
  const passes = textTest(test);
  return (run) => {
    const value = of(run).get(key);
    return value !== undefined && passes(value);
  };
}

function attributeTest(key: RunTextAttribute, passes: (text: string) => boolean): RunTest {
  switch (key) {
    case 'run_id':
      return ({ info }) => passes(info.runId);
    case 'status':
      return ({ info }) => passes(info.status);
    case 'user_id':
      return ({ info }) => passes(info.userId);
    case 'artifact_uri':
      return ({ info }) => passes(info.artifactUri);
    case 'run_name':
      return ({ tags }) => {
        const name = tags.get(runNameTag);
        return name !== undefined && passes(name);
      };
  }
}

function partsOf(clauses: readonly RunClause[]): NamedParts {
  const keysOf = (of: RunClause['of']): string[] => clauses.flatMap((clause) => (clause.of === of ? [clause.key] : []));
  const byName = clauses.some(({ of, key }) => of === 'text attribute' && key === 'run_name');
  return unionOfParts(
    { metrics: keysOf('metric'), params: keysOf('parameter'), tags: keysOf('tag') },
    { tags: byName ? [runNameTag] : [], links: clauses.some(({ of }) => of === 'dataset') },
  );
}

/** The run ids that a filter leaves, where a clause lists them. */
function runIdsOf(clauses: readonly RunClause[]): readonly string[] | undefined {
  for (const { of, key, test } of clauses) {
    if (of !== 'text attribute' || key !== 'run_id') continue;
    if (test.comparator === '=') return [test.value];
    if (test.comparator === 'IN') return [...new Set(test.values)];
  }
  return undefined;
}
