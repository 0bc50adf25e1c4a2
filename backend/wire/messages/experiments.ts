import { enumeration, int64, message, nested, repeated, string } from '../message.ts';
import { ViewType } from './view-type.ts';

export const ExperimentTag = message('ExperimentTag', { key: string, value: string });

export const Experiment = message('Experiment', {
  experiment_id: string,
  name: string,
  artifact_location: string,
  lifecycle_stage: string,
  last_update_time: int64,
  creation_time: int64,
  tags: repeated(nested(ExperimentTag)),
  effective_trace_archival_retention: string,
  workspace: string,
});

export const CreateExperiment = message('CreateExperiment', {
  name: string,
  artifact_location: string,
  tags: repeated(nested(ExperimentTag)),
});
export const CreateExperimentResponse = message('CreateExperiment.Response', { experiment_id: string });

export const GetExperiment = message('GetExperiment', { experiment_id: string });
export const GetExperimentByName = message('GetExperimentByName', { experiment_name: string });
/** Of GetExperiment and GetExperimentByName. */
export const GetExperimentResponse = message('GetExperiment.Response', { experiment: nested(Experiment) });

export const DeleteExperiment = message('DeleteExperiment', { experiment_id: string });
export const RestoreExperiment = message('RestoreExperiment', { experiment_id: string });
export const UpdateExperiment = message('UpdateExperiment', { experiment_id: string, new_name: string });

export const SetExperimentTag = message('SetExperimentTag', { experiment_id: string, key: string, value: string });
export const DeleteExperimentTag = message('DeleteExperimentTag', { experiment_id: string, key: string });

export const SearchExperiments = message('SearchExperiments', {
  max_results: int64,
  page_token: string,
  filter: string,
  order_by: repeated(string),
  view_type: enumeration(ViewType),
});
export const SearchExperimentsResponse = message('SearchExperiments.Response', {
  experiments: repeated(nested(Experiment)),
  next_page_token: string,
});
