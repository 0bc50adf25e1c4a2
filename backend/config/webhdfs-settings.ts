import { z } from 'zod';
import { bytes } from './sizes.ts';

const addresses = z
  .string()
  .regex(/^https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*$/i, 'addresses such as https://nn1:9871,https://nn2:9871')
  .transform((text): readonly string[] => text.split(/\s*,\s*/));

const folder = z
  .string()
  .regex(/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._=@-]+)+$/, 'a folder of HDFS such as /kirka/artifacts');

const user = z.string().regex(/^[A-Za-z_][A-Za-z0-9._-]*\$?$/, 'a user of HDFS');

const path = z.string().min(1, 'a path');

const truth = z
  .string()
  .regex(/^(true|false|1|0)$/i, 'true or false')
  .transform((text) => ['true', '1'].includes(text.toLowerCase()));

const domains = z
  .string()
  .regex(/^[^\s,@]+(\s*,\s*[^\s,@]+)*$/, 'domains such as example.com,EXAMPLE.ORG')
  .transform((text): readonly string[] => text.toLowerCase().split(/\s*,\s*/));

const seconds = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'a number of seconds')
  .transform((text) => Number(text) * 1000);

const sockets = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'a number of sockets')
  .transform(Number);

/** Artifacts in HDFS. Only the first is needed, and either of user and auth file. */
export const webhdfsSettings = {
  webhdfs: {
    flag: 'webhdfs',
    argument: 'urls',
    env: 'KIRKA_WEBHDFS',
    help: "keep artifacts in HDFS: the NameNodes' WebHDFS addresses, or that of Knox's WEBHDFS, separated by commas",
    schema: addresses,
  },
  webhdfsRoot: {
    flag: 'webhdfs-root',
    argument: 'folder',
    env: 'KIRKA_WEBHDFS_ROOT',
    default: '/kirka/artifacts',
    help: 'folder of HDFS that holds the artifacts',
    schema: folder,
  },
  webhdfsUser: {
    flag: 'webhdfs-user',
    argument: 'user',
    env: 'KIRKA_WEBHDFS_USER',
    help: 'user.name that is sent to HDFS with simple authentication',
    schema: user,
  },
  webhdfsAuthFile: {
    flag: 'webhdfs-auth-file',
    argument: 'file',
    env: 'KIRKA_WEBHDFS_AUTH_FILE',
    help: 'file with one line, user:password or Bearer and a token, sent to the WebHDFS addresses',
    schema: path,
  },
  webhdfsCa: {
    flag: 'webhdfs-ca',
    argument: 'file',
    env: 'KIRKA_WEBHDFS_CA',
    help: "CA in PEM that signed the WebHDFS servers' certificates, in place of the system's",
    schema: path,
  },
  webhdfsDoAs: {
    flag: 'webhdfs-do-as',
    argument: 'boolean',
    env: 'KIRKA_WEBHDFS_DO_AS',
    default: 'false',
    help: 'reach artifacts as the user who asks (doas), with the permissions of that user in HDFS',
    schema: truth,
  },
  webhdfsUserDomains: {
    flag: 'webhdfs-user-domains',
    argument: 'list',
    env: 'KIRKA_WEBHDFS_USER_DOMAINS',
    help: "domains whose users are HDFS's users of the name before the @",
    schema: domains,
  },
  webhdfsTimeout: {
    flag: 'webhdfs-timeout',
    argument: 'seconds',
    env: 'KIRKA_WEBHDFS_TIMEOUT',
    default: '20',
    help: 'time for an answer of the NameNode; DataNodes may take three times as long',
    schema: seconds,
  },
  webhdfsSockets: {
    flag: 'webhdfs-sockets',
    argument: 'number',
    env: 'KIRKA_WEBHDFS_SOCKETS',
    default: '64',
    help: 'most connections to each server of HDFS',
    schema: sockets,
  },
  webhdfsSpool: {
    flag: 'webhdfs-spool',
    argument: 'size',
    env: 'KIRKA_WEBHDFS_SPOOL',
    default: '4gb',
    help: 'most disk in the data folder for uploads under way, kept to be sent again when a DataNode dies; 0 keeps none',
    schema: bytes,
  },
} as const;
