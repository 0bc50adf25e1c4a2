import type { Layout, Properties } from '../hadoop/layout.ts';
import type { Kdc } from './kdc.ts';
import { principalOf } from './kdc.ts';
import type { Tls } from './tls.ts';

/** What the secure sites follow from. */
export interface Realm {
  readonly kdc: Kdc;
  readonly tls: Tls;
  /** File of the secret that signs the hadoop.auth cookies. */
  readonly secretFile: string;
}

/** Seconds that a hadoop.auth cookie is good for; 36,000 without it. */
export const cookieLife = 10;

/** What turns the sites of test/stack/hadoop into those of a cluster with Kerberos and TLS, as Hadoop's SecureMode.md has it. */
export function secureSites(realm: Realm, ports: Layout['ports']): Layout['sites'] {
  const { kdc, tls, secretFile } = realm;
  const http = { principal: principalOf('http'), keytab: kdc.keytab('http') };
  const [namenode] = ports.namenodes;
  const [datanode] = ports.datanodes;
  return {
    core: {
      'fs.defaultFS': `hdfs://localhost:${String(namenode.rpc)}`,
      'hadoop.security.authentication': 'kerberos',
      'hadoop.security.authorization': true,
      'hadoop.http.authentication.type': 'kerberos',
      'hadoop.http.authentication.kerberos.principal': http.principal,
      'hadoop.http.authentication.kerberos.keytab': http.keytab,
      'hadoop.http.authentication.signature.secret.file': secretFile,
      'hadoop.http.authentication.token.validity': cookieLife,
      // HBase REST acts for whom it has authenticated.
      'hadoop.proxyuser.hbase.hosts': '127.0.0.1',
      'hadoop.proxyuser.hbase.users': '*',
    },
    hdfs: {
      'dfs.replication': 1,
      'dfs.namenode.rpc-address': `localhost:${String(namenode.rpc)}`,
      'dfs.http.policy': 'HTTPS_ONLY',
      'dfs.namenode.https-address': `localhost:${String(namenode.http)}`,
      'dfs.datanode.https.address': `localhost:${String(datanode.http)}`,
      'dfs.datanode.address': `127.0.0.1:${String(datanode.transfer)}`,
      'dfs.datanode.ipc.address': `127.0.0.1:${String(datanode.ipc)}`,
      'dfs.datanode.hostname': 'localhost',
      'dfs.block.access.token.enable': true,
      // With it and with HTTPS a DataNode needs no privileged port, hence no root.
      'dfs.data.transfer.protection': 'authentication',
      'dfs.namenode.kerberos.principal': principalOf('hdfs'),
      'dfs.namenode.keytab.file': kdc.keytab('hdfs'),
      'dfs.datanode.kerberos.principal': principalOf('hdfs'),
      'dfs.datanode.keytab.file': kdc.keytab('hdfs'),
      'dfs.web.authentication.kerberos.principal': http.principal,
      'dfs.web.authentication.kerberos.keytab': http.keytab,
    },
    hbase: {
      // ZooKeeper, master and region server in one process, as HBase's standalone mode has them.
      'hbase.cluster.distributed': false,
      'hbase.security.authentication': 'kerberos',
      'hbase.security.authorization': true,
      'hbase.superuser': 'hbase',
      'hbase.coprocessor.master.classes': accessController,
      'hbase.coprocessor.regionserver.classes': accessController,
      'hbase.coprocessor.region.classes': `org.apache.hadoop.hbase.security.token.TokenProvider,${accessController}`,
      ...Object.fromEntries(
        ['master', 'regionserver', 'rest'].flatMap((server) => [
          [`hbase.${server}.kerberos.principal`, principalOf('hbase')],
          [`hbase.${server}.keytab.file`, kdc.keytab('hbase')],
        ]),
      ),
      'hbase.regionserver.port': ports.regionServers[0],
      'hbase.rest.port': ports.rest[0],
      'hbase.rest.authentication.type': 'kerberos',
      'hbase.rest.authentication.kerberos.principal': http.principal,
      'hbase.rest.authentication.kerberos.keytab': http.keytab,
      'hbase.rest.authentication.signature.secret.file': secretFile,
      'hbase.rest.authentication.token.validity': cookieLife,
      'hbase.rest.ssl.enabled': true,
      'hbase.rest.ssl.keystore.store': tls.keystore,
      'hbase.rest.ssl.keystore.type': 'pkcs12',
      'hbase.rest.ssl.keystore.password': tls.password,
      'hbase.rest.ssl.keystore.keypassword': tls.password,
    },
  };
}

const accessController = 'org.apache.hadoop.hbase.security.access.AccessController';

/** ssl-server.xml and ssl-client.xml, which lie beside the sites. */
export function sslFiles({ tls }: Realm): Readonly<Record<'ssl-server' | 'ssl-client', Properties>> {
  const { keystore, truststore, password } = tls;
  const store = (prefix: string, file: string): Properties => ({
    [`${prefix}.location`]: file,
    [`${prefix}.password`]: password,
    [`${prefix}.type`]: 'pkcs12',
  });
  return {
    'ssl-server': {
      ...store('ssl.server.keystore', keystore),
      'ssl.server.keystore.keypassword': password,
      ...store('ssl.server.truststore', truststore),
    },
    'ssl-client': store('ssl.client.truststore', truststore),
  };
}
