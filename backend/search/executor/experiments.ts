import type { Experiment } from '../../entities/experiment.ts';
import type { ExperimentClause } from '../clauses.ts';
import { numberTest, textTest } from './tests.ts';

export type ExperimentTest = (experiment: Experiment) => boolean;

/** A filter ready to run over many experiments. */
export function compileExperimentFilter(clauses: readonly ExperimentClause[]): ExperimentTest {
  const tests = clauses.map(experimentTest);
  return (experiment) => tests.every((test) => test(experiment));
}

function experimentTest(clause: ExperimentClause): ExperimentTest {
  switch (clause.of) {
    case 'tag': {
      const { key, test } = clause;
      if (!('value' in test)) return ({ tags }) => tags.has(key) === (test.comparator === 'IS NOT NULL');
      const passes = textTest(test);
      return ({ tags }) => {
        const value = tags.get(key);
        return value !== undefined && passes(value);
      };
    }
    case 'number attribute': {
      const passes = numberTest(clause.test);
      if (clause.key === 'creation_time') return ({ creationTime }) => passes(creationTime);
      return ({ lastUpdateTime }) => passes(lastUpdateTime);
    }
    case 'text attribute': {
      const passes = textTest(clause.test);
      return ({ name }) => passes(name);
    }
    case 'id': {
      const passes = textTest(clause.test);
      return ({ experimentId }) => passes(experimentId);
    }
  }
}
