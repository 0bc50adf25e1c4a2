import { z } from 'zod';

const principal = z
  .string()
  .regex(/^[^\s@]+(@[^\s@]+)?$/, 'a principal such as kirka@EXAMPLE.COM')
  // Hadoop's own servers replace it by their host; the library does not.
  .refine((text) => !text.includes('_HOST'), 'a principal with the host itself, not _HOST');

const truth = z
  .string()
  .regex(/^(true|false|1|0)$/i, 'true or false')
  .transform((text) => ['true', '1'].includes(text.toLowerCase()));

/** How the cluster's servers are called where they ask for Kerberos. */
export const kerberosSettings = {
  hbaseKerberos: {
    flag: 'hbase-kerberos',
    argument: 'boolean',
    env: 'KIRKA_HBASE_KERBEROS',
    default: 'false',
    help: 'call the HBase REST servers with Kerberos (SPNEGO), as --kerberos-principal',
    schema: truth,
  },
  webhdfsKerberos: {
    flag: 'webhdfs-kerberos',
    argument: 'boolean',
    env: 'KIRKA_WEBHDFS_KERBEROS',
    default: 'false',
    help: 'call the NameNodes with Kerberos (SPNEGO), as --kerberos-principal',
    schema: truth,
  },
  kerberosPrincipal: {
    flag: 'kerberos-principal',
    argument: 'principal',
    env: 'KIRKA_KERBEROS_PRINCIPAL',
    help: 'who the backend is to the cluster, such as kirka@EXAMPLE.COM',
    schema: principal,
  },
  kerberosKeytab: {
    flag: 'kerberos-keytab',
    argument: 'file',
    env: 'KIRKA_KERBEROS_KEYTAB',
    help: 'keytab of that principal; without it the tickets are what KRB5CCNAME or KRB5_CLIENT_KTNAME say',
    schema: z.string().min(1, 'a path'),
  },
} as const;
