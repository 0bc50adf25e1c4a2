import { z } from 'zod';

const addresses = z
  .string()
  .regex(/^https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*$/, 'one or more http or https addresses, separated by commas')
  .transform((text): readonly string[] => text.split(/\s*,\s*/));

const prefix = z.string().regex(/^[a-zA-Z0-9][\w.-]{0,63}$/, 'at most 64 letters, digits, dots, dashes or underscores');

const path = z.string().min(1, 'a path');

const seconds = z
  .string()
  .regex(/^[1-9]\d{0,3}(\.\d+)?$/, 'a number of seconds, at least 1')
  .transform((text) => Number(text) * 1000);

const sockets = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'a number of sockets')
  .transform(Number);

/** How HBase is reached. The first of these selects it. */
export const hbaseSettings = {
  hbase: {
    flag: 'hbase',
    argument: 'urls',
    env: 'KIRKA_HBASE',
    help: 'HBase REST servers, separated by commas, a path included; keeps metadata in HBase, not in the data folder',
    schema: addresses,
  },
  hbaseTablePrefix: {
    flag: 'hbase-table-prefix',
    argument: 'name',
    env: 'KIRKA_HBASE_TABLE_PREFIX',
    default: 'kirka',
    help: "what the names of HBase's tables begin with",
    schema: prefix,
  },
  hbaseCa: {
    flag: 'hbase-ca',
    argument: 'file',
    env: 'KIRKA_HBASE_CA',
    help: "CA in PEM that signed the HBase REST servers' certificates, instead of the system's",
    schema: path,
  },
  hbaseAuthFile: {
    flag: 'hbase-auth-file',
    argument: 'file',
    env: 'KIRKA_HBASE_AUTH_FILE',
    help: 'file with one line, user:password or Bearer and a token, sent to the HBase REST servers',
    schema: path,
  },
  hbaseTimeout: {
    flag: 'hbase-timeout',
    argument: 'seconds',
    env: 'KIRKA_HBASE_TIMEOUT',
    default: '25',
    help: 'time within which HBase must have answered, other servers tried included',
    schema: seconds,
  },
  hbaseSockets: {
    flag: 'hbase-sockets',
    argument: 'number',
    env: 'KIRKA_HBASE_SOCKETS',
    default: '32',
    help: 'most connections to each HBase REST server; what is more waits',
    schema: sockets,
  },
} as const;
