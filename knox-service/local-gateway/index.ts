export { authenticateDemo, demoUsers } from './authenticate.ts';
export { authenticateByFile } from './authenticate-by-file.ts';
export type { Authenticator } from './authenticate.ts';
export { ownHosts } from './host-rule.ts';
export { loadDefinition } from './load-definition.ts';
export { defaultTimeout, startGateway } from './gateway.ts';
export type { GatewayConfig } from './gateway.ts';
