import { join } from 'node:path';
import { pino } from 'pino';
import {
  authenticateDemo,
  defaultTimeout,
  loadDefinition,
  ownHosts,
  startGateway,
} from '../../knox-service/local-gateway/index.ts';
import type { GatewayConfig } from '../../knox-service/local-gateway/index.ts';

/** The secret that the gateway of the tests shows its backend. */
export const secret = 'a-secret-of-the-tests-of-the-gateway';

/** A local gateway on a free port before a backend, with the demo users. */
export async function startTestGateway(backend: string, changes: Partial<GatewayConfig> = {}) {
  return startGateway({
    host: '127.0.0.1',
    port: 0,
    topology: 'sandbox',
    definition: await loadDefinition(join(import.meta.dirname, '../../knox-service')),
    authenticate: authenticateDemo,
    hosts: ownHosts('127.0.0.1', undefined),
    corsAllowedOrigins: [],
    secret,
    backend: () => backend,
    timeout: defaultTimeout,
    shutdownTimeout: 1000,
    log: pino({ level: 'silent' }),
    ...changes,
  });
}
