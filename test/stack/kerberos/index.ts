/** A KDC, and HDFS and HBase with Kerberos and TLS: real servers from Maven Central, each in a process of its own. */
export { startSecureCluster } from './cluster.ts';
export type { SecureCluster, SecureOptions } from './cluster.ts';
export { principalOf } from './kdc.ts';
export type { Kdc, Keytab } from './kdc.ts';
export { installNpmKerberos, loadNpmKerberos, withNpmKerberos } from './npm-kerberos.ts';
export { cookieLife } from './sites.ts';
