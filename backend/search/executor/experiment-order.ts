import type { Experiment } from '../../entities/experiment.ts';
import type { ExperimentOrder } from '../order-by.ts';
import type { SortValue } from './sort-value.ts';
import { compareByKeys } from './sort-value.ts';

/** Where an experiment stands in an order: its values, its id among them. */
export type ExperimentPosition = readonly SortValue[];

export interface CompiledExperimentOrder {
  positionOf(experiment: Experiment): ExperimentPosition;
  compare(a: ExperimentPosition, b: ExperimentPosition): number;
}

const newestFirst: readonly ExperimentOrder[] = [
  { key: 'creation_time', ascending: false },
  { key: 'experiment_id', ascending: true },
];

/** Newest first where nothing is asked for; ties of an order that was asked for go by id, largest first. */
export function compileExperimentOrder(asked: readonly ExperimentOrder[]): CompiledExperimentOrder {
  const wanted = asked.length > 0 ? asked : newestFirst;
  const hasId = wanted.some(({ key }) => key === 'experiment_id');
  const orders = hasId ? wanted : [...wanted, { key: 'experiment_id', ascending: false } as const];
  return {
    positionOf: (experiment) => orders.map(({ key }) => valueOf(experiment, key)),
    compare: (a, b) => compareByKeys(orders, a, b),
  };
}

function valueOf(experiment: Experiment, key: ExperimentOrder['key']): SortValue {
  switch (key) {
    case 'name':
      return experiment.name;
    case 'experiment_id':
      return Number(experiment.experimentId);
    case 'creation_time':
      return experiment.creationTime;
    case 'last_update_time':
      return experiment.lastUpdateTime;
  }
}
