export { createMetricService } from './metrics/create-service.ts';
export type { History, HistoryRequest, MetricService, RunPoint, SampleRequest } from './metrics/service.ts';
