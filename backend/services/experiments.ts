export { checkActive, createExperimentService, noSuchExperiment } from './experiments/create-service.ts';
export type { ExperimentService, NewExperimentRequest, Tag } from './experiments/service.ts';
