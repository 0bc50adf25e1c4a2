export { basic, bearer } from './authenticators.ts';
export type * from './contract.ts';
export { RemoteUnavailable } from './contract.ts';
export { authenticatorOf } from './credentials.ts';
export type { Credentials } from './credentials.ts';
export { openRemote } from './open-remote.ts';
export type { RemoteLimits, RemoteOptions } from './options.ts';
export { defaultLimits } from './options.ts';
