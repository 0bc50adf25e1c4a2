/** Every port of a cluster, in a row from a base: clusters of several checkouts run beside each other. All on loopback. */
export function portsFrom(base: number): ClusterPorts {
  return {
    namenodes: [
      { http: base, rpc: base + 1 },
      { http: base + 2, rpc: base + 3 },
    ],
    datanodes: [
      { http: base + 10, transfer: base + 11, ipc: base + 12 },
      { http: base + 13, transfer: base + 14, ipc: base + 15 },
    ],
    zookeeper: base + 20,
    master: base + 21,
    regionServers: [base + 22, base + 23],
    rest: [base + 30, base + 31],
    knox: base + 40,
    ldap: base + 41,
    kirka: [base + 42, base + 43],
  };
}

/** The ports, by server. The second NameNode and region server are there only where they are asked for. */
export interface ClusterPorts {
  readonly namenodes: readonly [NameNodePorts, NameNodePorts];
  readonly datanodes: readonly [DataNodePorts, DataNodePorts];
  readonly zookeeper: number;
  readonly master: number;
  readonly regionServers: readonly [number, number];
  readonly rest: readonly [number, number];
  readonly knox: number;
  readonly ldap: number;
  /** For two backends. */
  readonly kirka: readonly [number, number];
}

/** `http` is WebHDFS. */
export interface NameNodePorts {
  readonly http: number;
  readonly rpc: number;
}

/** `http` is where WebHDFS redirects to. */
export interface DataNodePorts {
  readonly http: number;
  readonly transfer: number;
  readonly ipc: number;
}
