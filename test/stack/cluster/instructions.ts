import type { Cluster } from '../hadoop/index.ts';
import { demoUsers, passwordOf, pythonSnippet } from '../knox/index.ts';
import type { GatewayAddresses } from './gateway.ts';

/** What is said when a cluster is ready. */
export function instructions(file: string, { webhdfs, rest, layout }: Cluster, gateway?: GatewayAddresses): string {
  const through = gateway
    ? `Knox:        ${gateway.kirka}
             ${gateway.webhdfs}
             ${gateway.hbase}
Users of its LDAP: ${[...demoUsers, 'kirka'].map((user) => `${user} / ${user}-password`).join(', ')}

${pythonSnippet(gateway.kirka, gateway.caFile, demoUsers[0], passwordOf(demoUsers[0]))}
`
    : '';
  const hbase = rest.length > 0 ? `HBase REST:  ${rest.join('  ')}\n` : '';
  return `
The cluster is ready.
WebHDFS:     ${webhdfs.join('  ')}
${hbase}${through}
Data, logs:  ${layout.folder}
Addresses:   KIRKA_CLUSTER=${file} npm run test:cluster

Ctrl-C stops everything.
`;
}
