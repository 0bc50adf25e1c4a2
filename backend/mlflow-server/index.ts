export type { Credentials, TrackingServer } from './client.ts';
export { openSource } from './source.ts';
