/** The real Apache Knox 2.0.0 with its demo LDAP, from Maven Central. */
export { startKirka } from './backend.ts';
export { demoUsers, passwordOf, startLdap } from './ldap.ts';
export type { DemoUser } from './ldap.ts';
export { pythonSnippet } from './python-snippet.ts';
export { startKnox } from './server.ts';
export type { Knox, KnoxOptions } from './server.ts';
export { installKnoxServices } from './knox-services.ts';
export { shippedTopology } from './topology.ts';
export type { TopologyEdits } from './topology.ts';
