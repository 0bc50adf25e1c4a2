import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEchoBackend } from '../../gateway/echo-backend.ts';
import type { EchoBackend } from '../../gateway/row.ts';
import type { Child } from '../../stack/child.ts';
import { shippedTopology, startKnox, startLdap } from '../../stack/knox/index.ts';
import type { DemoUser, Knox, TopologyEdits } from '../../stack/knox/index.ts';
import { installStockService, stockVersion } from './stock-service.ts';

export { stockVersion };

const firstPort = Number(process.env['KIRKA_KNOX_TEST_PORT'] ?? 20543);

/** Ports of the tests' own gateway and backends: one on the default ports may go on beside them. */
export const ports = {
  knox: firstPort,
  ldap: firstPort + 1,
  kirka: firstPort + 2,
  ha: [firstPort + 3, firstPort + 4],
} as const;

/** Seconds for which this gateway believes a password without asking LDAP; the shipped setting would take minutes. */
export const passwordCacheSeconds = 8;

/** What all tests of a run share: one Knox with its LDAP, and an echo backend behind the topology `sandbox`. */
export interface Stack {
  readonly knox: Knox;
  readonly echo: EchoBackend;
  /** PEM of the gateway's certificate. */
  readonly ca: string;
  /** The secret that the alias service holds. */
  readonly secret: string;
  readonly ldap: {
    readonly stop: () => Promise<void>;
    /** With other passwords than those of the demo users. */
    readonly start: (passwords?: Partial<Record<DemoUser, string>>) => Promise<void>;
  };
  readonly stop: () => Promise<void>;
}

/** A shipped topology for this stack's LDAP. */
export const topologyFor = (
  name: 'sandbox' | 'sandbox-ha',
  backendUrls: readonly string[],
  edits: Omit<TopologyEdits, 'backendUrls' | 'ldapPort'> = {},
): string => shippedTopology(name, { ...edits, backendUrls, ldapPort: ports.ldap });

/** A file of the TLS tests' certificates. */
export const testTls = (name: string): string => fileURLToPath(new URL(`../../data/tls/${name}`, import.meta.url));

const loopback = (port: number): string => `http://127.0.0.1:${String(port)}`;

/** Starts everything; a minute and more on a machine that has fetched Knox before. */
export async function startStack(): Promise<Stack> {
  const progress = (line: string): void => {
    process.stderr.write(`  ${line}\n`);
  };
  const echo = await startEchoBackend();
  let ldap: Child | undefined = await startLdap(ports.ldap, progress);
  const knox = await startKnox({
    port: ports.knox,
    home: 'test-home',
    trust: [testTls('ca.crt')],
    topologies: {
      sandbox: topologyFor('sandbox', [echo.url]),
      stock: topologyFor('sandbox', [echo.url], { version: stockVersion }),
      ha: topologyFor('sandbox-ha', ports.ha.map(loopback)),
      kirka: topologyFor('sandbox', [loopback(ports.kirka)]),
    },
    prepare: ({ folder }) => {
      installStockService(folder);
      writeFileSync(`${folder}conf/ehcache.xml`, cacheConfig);
    },
    progress,
  });
  return {
    knox,
    echo,
    ca: readFileSync(knox.home.caFile, 'utf8'),
    secret: readFileSync(knox.home.secretFile, 'utf8').trim(),
    ldap: {
      stop: async () => ldap?.stop(),
      start: async (passwords) => {
        ldap = await startLdap(ports.ldap, progress, passwords);
      },
    },
    stop: async () => {
      await Promise.all([knox.stop(), ldap?.stop(), echo.close()]);
    },
  };
}

const cacheConfig = `<ehcache updateCheck="false">
  <defaultCache maxElementsInMemory="10000" eternal="false" timeToLiveSeconds="${String(passwordCacheSeconds)}"/>
</ehcache>
`;
