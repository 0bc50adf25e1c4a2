export { basic, bearer } from './authenticators.ts';
export type * from './contract.ts';
export { RemoteUnavailable } from './contract.ts';
export { openRemote } from './open-remote.ts';
export type { RemoteLimits, RemoteOptions } from './options.ts';
export { defaultLimits } from './options.ts';
