import type { Experiment } from '../../entities/experiment.ts';
import type { MessageOf } from '../message.ts';
import type { Experiment as ExperimentMessage } from '../messages/experiments.ts';
import { pairs } from './pairs.ts';

/** MLflow 3.10 and later name the workspace; without workspaces there is this one. */
const workspace = 'default';

/** An experiment as answers show it. */
export function experimentMessage(experiment: Experiment): MessageOf<typeof ExperimentMessage> {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycle.stage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: pairs(experiment.tags),
    workspace,
  };
}
