export type { TrackingServer } from './client.ts';
export { openSource } from './source.ts';
