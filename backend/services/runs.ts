export { createRunService } from './runs/create-service.ts';
export type { Batch, KeyValue, LoggedPoint, NewRunRequest, RunChanges } from './runs/service.ts';
export type { RunInfoView, RunService, RunView } from './runs/service.ts';
