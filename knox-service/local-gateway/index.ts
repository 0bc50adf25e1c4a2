export { authenticateBy, authenticateDemo, demoUsers } from './authenticate.ts';
export type { Authenticate } from './authenticate.ts';
export { loadDefinition } from './load-definition.ts';
export { defaultTimeout, startGateway } from './gateway.ts';
export type { GatewayConfig } from './gateway.ts';
export { readUsers } from './users-file.ts';
