import { service } from '../../backend/manifest/index.ts';
import { backendUrl, providers, serviceParams } from './topology.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Name of the shared provider configuration, by which the descriptor refers to it. */
export const providerConfigName = 'kirka-ldap';

/** conf/shared-providers: the topology's providers, to share among topologies. */
export function sharedProvider(): string {
  return json({ providers: providers({ ha: false }).map((provider) => ({ ...provider, enabled: 'true' })) });
}

/** conf/descriptors: Knox makes of it and the shared provider the same topology as the one written out. */
export function descriptor(): string {
  return json({
    'provider-config-ref': providerConfigName,
    services: [{ name: service.role, urls: [backendUrl], params: serviceParams }],
  });
}
