import type { Experiment } from '../../entities/experiment.ts';
import { effectiveStage } from '../../entities/lifecycle.ts';
import type { Lifecycle } from '../../entities/lifecycle.ts';
import type { LoggedModelInfo } from '../../entities/logged-model.ts';

/** When a run was deleted, by itself or with its experiment; undefined where it is not. ms since 1970. */
export function runDeletedAt(run: Lifecycle, experiment: Lifecycle): number | undefined {
  if (effectiveStage(run, experiment) === 'active') return undefined;
  return run.epoch < experiment.epoch ? experiment.changedAt : run.changedAt;
}

/** As `runDeletedAt`. */
export const experimentDeletedAt = ({ lifecycle }: Experiment): number | undefined =>
  lifecycle.stage === 'deleted' ? lifecycle.changedAt : undefined;

/** As `runDeletedAt`. */
export const modelDeletedAt = ({ stage, lastUpdateTime }: LoggedModelInfo): number | undefined =>
  stage === 'deleted' ? lastUpdateTime : undefined;

/** Whether something was deleted, and not after the cutoff. */
export const isExpired = (deletedAt: number | undefined, cutoff: number): boolean =>
  deletedAt !== undefined && deletedAt <= cutoff;
