/** Kerberos for HBase REST and WebHDFS: docs/operations.md, section Kerberos; docs/decisions/0012-kerberos.md. */
export { KerberosError } from './kerberos-error.ts';
export { KerberosAuthenticator } from './negotiate.ts';
export type { KerberosOptions } from './negotiate.ts';
