import type { Experiment } from '../../entities/experiment.ts';
import type { LoggedModelInfo } from '../../entities/logged-model.ts';
import type { RunInfo } from '../../entities/run.ts';
import { experimentDeletedAt, modelDeletedAt, runDeletedAt } from './expiry.ts';
import { folderOf, pathOf } from './folders.ts';
import type { Finding } from './report.ts';

export function findingOfRun(
  { runId, experimentId, artifactUri, lifecycle }: RunInfo,
  experiment: Experiment,
): Finding {
  const deletedAt = runDeletedAt(lifecycle, experiment.lifecycle);
  return { kind: 'run', id: runId, experimentId, deletedAt, ...elsewhere(artifactUri, folderOf(artifactUri, runId)) };
}

export function findingOfModel(model: LoggedModelInfo): Finding {
  const { modelId, experimentId, artifactUri } = model;
  const place = elsewhere(artifactUri, folderOf(artifactUri, modelId));
  return { kind: 'logged model', id: modelId, experimentId, deletedAt: modelDeletedAt(model), ...place };
}

export function findingOfExperiment(experiment: Experiment): Finding {
  const { experimentId, artifactLocation } = experiment;
  const place = elsewhere(artifactLocation, pathOf(artifactLocation));
  const deletedAt = experimentDeletedAt(experiment);
  return { kind: 'experiment', id: experimentId, experimentId, deletedAt, ...place };
}

const elsewhere = (uri: string, folder: string | undefined): Pick<Finding, 'artifactsElsewhere'> =>
  folder === undefined ? { artifactsElsewhere: uri } : {};
