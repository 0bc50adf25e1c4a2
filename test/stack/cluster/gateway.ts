import type { Child } from '../child.ts';
import type { ClusterPorts } from '../hadoop/index.ts';
import { installKnoxServices, shippedTopology, startKnox, startLdap } from '../knox/index.ts';
import type { Knox } from '../knox/index.ts';

/** How a client reaches what is behind a gateway. Users and passwords are those of the demo LDAP, and `kirka`. */
export interface GatewayAddresses {
  readonly url: string;
  /** PEM file of its certificate. */
  readonly caFile: string;
  /** File of the secret by which it proves itself to a backend. */
  readonly secretFile: string;
  /** Kirka, of which a backend is expected at the first of the cluster's ports for it. */
  readonly kirka: string;
  /** Kirka by two backends, at both ports. */
  readonly kirkaHa: string;
  /** WebHDFS of the first NameNode, up to `/v1`. */
  readonly webhdfs: string;
  /** The first HBase REST server. */
  readonly hbase: string;
}

/** A running gateway before a cluster. */
export interface ClusterGateway {
  readonly knox: Knox;
  readonly ldap: Child;
  readonly addresses: GatewayAddresses;
  readonly stop: () => Promise<void>;
}

const loopback = (port: number): string => `http://127.0.0.1:${String(port)}`;

/** Starts Knox and its LDAP: topology `sandbox` has Kirka, WEBHDFS and WEBHBASE, `ha` has Kirka by two backends. */
export async function startGateway(
  ports: ClusterPorts,
  options: { readonly hbase: boolean; readonly home: string; readonly progress: (line: string) => void },
): Promise<ClusterGateway> {
  const { hbase, home, progress } = options;
  const others = [
    { role: 'NAMENODE', url: `hdfs://127.0.0.1:${String(ports.namenodes[0].rpc)}` },
    { role: 'WEBHDFS', url: `${loopback(ports.namenodes[0].http)}/webhdfs` },
    ...(hbase ? [{ role: 'WEBHBASE', url: loopback(ports.rest[0]) }] : []),
  ];
  const [ldap, knox] = await Promise.all([
    startLdap(ports.ldap, progress),
    startKnox({
      port: ports.knox,
      home,
      topologies: {
        sandbox: shippedTopology('sandbox', { backendUrls: [loopback(ports.kirka[0])], ldapPort: ports.ldap, others }),
        ha: shippedTopology('sandbox-ha', { backendUrls: ports.kirka.map(loopback), ldapPort: ports.ldap }),
      },
      prepare: ({ folder }) => installKnoxServices(folder, ['webhdfs', 'hbase']),
      progress,
    }),
  ]);
  const sandbox = `${knox.url}/gateway/sandbox`;
  return {
    knox,
    ldap,
    addresses: {
      url: knox.url,
      caFile: knox.home.caFile,
      secretFile: knox.home.secretFile,
      kirka: knox.serviceUrl('sandbox'),
      kirkaHa: knox.serviceUrl('ha'),
      webhdfs: `${sandbox}/webhdfs/v1`,
      hbase: `${sandbox}/hbase`,
    },
    stop: async () => {
      await Promise.all([knox.stop(), ldap.stop()]);
    },
  };
}
