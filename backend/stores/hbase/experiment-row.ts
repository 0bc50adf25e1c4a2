import type { Experiment } from '../../entities/experiment.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { Lifecycle } from '../../entities/lifecycle.ts';
import type { Removal, RemovalStep } from '../contract/index.ts';
import type { NamedRow } from './pending-changes.ts';
import { stepIn, withStep } from './removal-step.ts';
import type { Column } from './rest/contract.ts';
import { decodeJson, encodeJson, removed } from './values.ts';

/** What an experiment is to become as soon as it has its name. */
export interface Pending {
  /** Names the operation: the row's tokens tell with `+` or `-` behind it whether it got the name. */
  readonly token: string;
  readonly next: Experiment;
}

/**
 * An experiment's row. Nothing but undefined where the name of a new experiment was taken: the id is free again. The row of
 * one that was removed stays, so that nobody takes its id, and all that was in it is gone.
 */
export interface ExperimentRow {
  readonly is: Experiment | undefined;
  readonly pending: Pending | undefined;
  /** It is on its way out; then it `is` nothing any more. */
  readonly removal?: Removal<Experiment> | undefined;
  readonly isGone: boolean;
}

const isColumn: Column = 'd:e';
const pendingColumn: Column = 'd:p';

export const experimentColumns = [isColumn, pendingColumn];

export function decodeExperimentRow(experimentId: string, cells: ReadonlyMap<Column, Buffer>): ExperimentRow {
  const what = `Experiment ${experimentId}`;
  const [is, pending] = [cells.get(isColumn), cells.get(pendingColumn)];
  const isGone = is?.equals(removed) === true;
  const experiment = is && !isGone ? decodeExperiment(experimentId, decodeJson(what, is)) : undefined;
  const step = is && !isGone ? stepIn(is) : undefined;
  return {
    is: step ? undefined : experiment,
    pending: pending && !pending.equals(removed) ? decodePending(experimentId, decodeJson(what, pending)) : undefined,
    ...(experiment && step && { removal: { info: experiment, step } }),
    isGone,
  };
}

/** The row as far as the experiment's name goes. */
export function namedExperiment(experimentId: string, cells: ReadonlyMap<Column, Buffer>): NamedRow {
  const { is, pending, removal } = decodeExperimentRow(experimentId, cells);
  if (pending === undefined) return { name: (is ?? removal?.info)?.name, pending };
  const { token, next } = pending;
  return { name: is?.name, pending: { token, name: next.name, granted: () => experimentCells(next) } };
}

/** The cells of an experiment as it is now, with nothing pending. */
export const experimentCells = (is: Experiment): ReadonlyMap<Column, Buffer> =>
  new Map([
    [isColumn, encodeJson(recordOf(is))],
    [pendingColumn, removed],
  ]);

/** The cells of an experiment on its way out, or back from there. */
export function removalCells(is: Experiment, step: RemovalStep | undefined): ReadonlyMap<Column, Buffer> {
  return new Map([[isColumn, withStep(encodeJson(recordOf(is)), step)]]);
}

/** What is left of an experiment that was removed. */
export const goneCells: ReadonlyMap<Column, Buffer> = new Map([[isColumn, removed]]);

export const pendingCells = ({ token, next }: Pending): ReadonlyMap<Column, Buffer> =>
  new Map([[pendingColumn, encodeJson({ token, next: recordOf(next) })]]);

/** The cells that give a pending change up. */
export const noPendingCells: ReadonlyMap<Column, Buffer> = new Map([[pendingColumn, removed]]);

/** What a cell holds: readable in the HBase shell, and open for more. */
interface ExperimentRecord {
  readonly name: string;
  readonly location: string;
  readonly lifecycle: Lifecycle;
  readonly created: number;
  readonly updated: number;
  readonly tags: readonly (readonly [string, string])[];
}

const recordOf = (experiment: Experiment): ExperimentRecord => ({
  name: experiment.name,
  location: experiment.artifactLocation,
  lifecycle: experiment.lifecycle,
  created: experiment.creationTime,
  updated: experiment.lastUpdateTime,
  tags: [...experiment.tags],
});

function decodeExperiment(experimentId: string, record: Readonly<Record<string, unknown>>): Experiment {
  const { name, location, lifecycle, created, updated, tags } = record as unknown as ExperimentRecord;
  return {
    experimentId,
    name,
    artifactLocation: location,
    lifecycle,
    creationTime: created,
    lastUpdateTime: updated,
    tags: inKeyOrder(new Map(tags)),
  };
}

function decodePending(experimentId: string, record: Readonly<Record<string, unknown>>): Pending {
  const next = decodeExperiment(experimentId, record['next'] as Readonly<Record<string, unknown>>);
  return { token: String(record['token']), next };
}
