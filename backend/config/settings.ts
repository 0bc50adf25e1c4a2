import { z } from 'zod';
import { browserSettings } from './browser-settings.ts';
import { hbaseSettings } from './hbase-settings.ts';
import { kerberosSettings } from './kerberos-settings.ts';
import { mlflowSettings } from './mlflow-settings.ts';
import { bytes } from './sizes.ts';
import { webhdfsSettings } from './webhdfs-settings.ts';

/** A setting of the backend: one flag, one environment variable, one line of help. */
export interface Setting<T> {
  /** `--<flag> <argument>` */
  readonly flag: string;
  readonly argument: string;
  readonly env: `KIRKA_${string}` | `MLFLOW_${string}`;
  /** As it would be typed; undefined where the setting may stay unset. */
  readonly default?: string;
  readonly help: string;
  readonly schema: z.ZodType<T, string>;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port number')
  .transform(Number)
  .refine((value) => value <= 65535, 'a port number');

const seconds = z
  .string()
  .regex(/^\d{1,6}(\.\d+)?$/, 'a number of seconds')
  .transform((text) => Number(text) * 1000);

const path = z.string().min(1, 'a path');

/** Every setting, in the order of the help and of docs/operations.md. */
export const settings = {
  host: {
    flag: 'host',
    argument: 'address',
    env: 'KIRKA_HOST',
    default: '127.0.0.1',
    help: 'address to listen on; off loopback TLS and a proof of the gateway are required',
    schema: z.string().min(1, 'an address'),
  },
  port: {
    flag: 'port',
    argument: 'number',
    env: 'KIRKA_PORT',
    default: '5080',
    help: 'port to listen on; 0 takes a free one',
    schema: port,
  },
  data: {
    flag: 'data',
    argument: 'folder',
    env: 'KIRKA_DATA',
    default: './kirka-data',
    help: 'folder of the embedded store and of local artifacts; made if it is not there',
    schema: path,
  },
  ...hbaseSettings,
  identity: {
    flag: 'identity',
    argument: 'mode',
    env: 'KIRKA_IDENTITY',
    default: 'open',
    help: "who names the user: open (nobody), dispatch (Kirka's Knox dispatch) or stock (Knox's own dispatch)",
    schema: z.enum(['open', 'dispatch', 'stock'], 'open, dispatch or stock'),
  },
  gatewaySecretFile: {
    flag: 'gateway-secret-file',
    argument: 'file',
    env: 'KIRKA_GATEWAY_SECRET_FILE',
    help: 'file that holds the secret by which the gateway proves itself',
    schema: path,
  },
  tlsCert: {
    flag: 'tls-cert',
    argument: 'file',
    env: 'KIRKA_TLS_CERT',
    help: 'certificate chain in PEM; with --tls-key the backend listens with TLS only',
    schema: path,
  },
  tlsKey: {
    flag: 'tls-key',
    argument: 'file',
    env: 'KIRKA_TLS_KEY',
    help: 'private key of --tls-cert in PEM',
    schema: path,
  },
  tlsClientCa: {
    flag: 'tls-client-ca',
    argument: 'file',
    env: 'KIRKA_TLS_CLIENT_CA',
    help: "CA in PEM that must have signed the gateway's client certificate (mutual TLS)",
    schema: path,
  },
  gatewaySubjects: {
    flag: 'gateway-subjects',
    argument: 'list',
    env: 'KIRKA_GATEWAY_SUBJECTS',
    help: "subjects that the gateway's certificate may have, such as 'CN=knox1,O=Example; CN=knox2'",
    schema: z.string().min(1, 'a list of subjects'),
  },
  ...browserSettings,
  maxBody: {
    flag: 'max-body',
    argument: 'size',
    env: 'KIRKA_MAX_BODY',
    default: '64mb',
    help: 'largest JSON body; artifacts stream and have no limit',
    schema: bytes,
  },
  bodyMemory: {
    flag: 'body-memory',
    argument: 'size',
    env: 'KIRKA_BODY_MEMORY',
    default: '128mb',
    help: 'memory for all JSON bodies under way together; what does not fit is answered 503, to be sent again',
    schema: bytes,
  },
  bodyTimeout: {
    flag: 'body-timeout',
    argument: 'seconds',
    env: 'KIRKA_BODY_TIMEOUT',
    default: '60',
    help: 'time within which the headers, and again a JSON body, must have arrived',
    schema: seconds,
  },
  idleTimeout: {
    flag: 'idle-timeout',
    argument: 'seconds',
    env: 'KIRKA_IDLE_TIMEOUT',
    default: '120',
    help: 'time after which a connection on which nothing moves is cut',
    schema: seconds,
  },
  shutdownTimeout: {
    flag: 'shutdown-timeout',
    argument: 'seconds',
    env: 'KIRKA_SHUTDOWN_TIMEOUT',
    default: '10',
    help: 'time that requests under way are given when the server stops',
    schema: seconds,
  },
  ...webhdfsSettings,
  ...kerberosSettings,
  ...mlflowSettings,
  logLevel: {
    flag: 'log-level',
    argument: 'level',
    env: 'KIRKA_LOG_LEVEL',
    default: 'info',
    help: 'silent, error, warn, info (writes and who did them) or debug (reads, too)',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'silent, error, warn, info or debug'),
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof settings;

type Parsed<Spec extends Setting<unknown>> = z.output<Spec['schema']>;

/** Each setting's parsed value; those without a default may be undefined. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends { readonly default: string }
    ? Parsed<(typeof settings)[Name]>
    : Parsed<(typeof settings)[Name]> | undefined;
};
