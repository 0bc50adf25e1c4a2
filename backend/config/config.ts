import { createSecureContext } from 'node:tls';
import { resolve } from 'node:path';
import type { BrowserRules } from '../http/browser-guard.ts';
import { isLoopback } from '../identity/loopback.ts';
import type { GatewayProof, IdentityPolicy } from '../identity/policy.ts';
import { parseSubject } from '../identity/subject.ts';
import type { Rules } from '../services/validation/rules.ts';
import { ConfigError } from './config-error.ts';
import { certificatesOf, contentOf, secretContentOf } from './content-of.ts';
import { hbaseConfigOf } from './hbase-config.ts';
import type { HBaseConfig } from './hbase-config.ts';
import { kerberosConfigOf } from './kerberos-config.ts';
import type { KerberosConfig } from './kerberos-config.ts';
import type { Settings } from './settings.ts';
import { webhdfsConfigOf } from './webhdfs-config.ts';
import type { WebhdfsConfig } from './webhdfs-config.ts';

/** What the backend runs with: files read, everything checked. Times in ms, sizes in bytes. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Where artifacts are kept; undefined: in the data folder. */
  readonly webhdfs: WebhdfsConfig | undefined;
  /** Where it is set, metadata is kept in HBase. */
  readonly hbase: HBaseConfig | undefined;
  /** Where it is set, HBase or HDFS is called with Kerberos. */
  readonly kerberos: KerberosConfig | undefined;
  readonly identity: IdentityPolicy;
  readonly browsers: BrowserRules;
  readonly tls: TlsConfig | undefined;
  readonly maxBodyBytes: number;
  readonly maxHeldBytes: number;
  readonly bodyTimeout: number;
  readonly idleTimeout: number;
  readonly shutdownTimeout: number;
  readonly logLevel: Settings['logLevel'];
  /** The limits that an administrator may choose. */
  readonly rules: Rules;
}

export type StoresConfig = Pick<Config, 'dataFolder' | 'webhdfs' | 'hbase' | 'kerberos'>;

/** PEM texts. */
export interface TlsConfig {
  readonly cert: string;
  readonly key: string;
  /** Where it is set, clients must show a certificate of this CA. */
  readonly clientCa: string | undefined;
}

/** 16 bytes in base64 or hex, and more. */
const minSecretLength = 22;

/**
 * Second step: values to what the backend runs with. Secure by default: what would believe anyone does not start.
 * @throws ConfigError that says what to set
 */
export function buildConfig(settings: Settings): Config {
  const tls = tlsOf(settings);
  const identity = identityOf(settings);
  if (!isLoopback(settings.host)) requireSafeListener(settings.host, tls, identity);
  return {
    host: settings.host,
    port: settings.port,
    ...storesConfigOf(settings),
    identity,
    browsers: { allowedHosts: settings.allowedHosts, corsAllowedOrigins: settings.corsAllowedOrigins ?? [] },
    tls,
    maxBodyBytes: settings.maxBody,
    maxHeldBytes: heldBytesOf(settings),
    bodyTimeout: settings.bodyTimeout,
    idleTimeout: settings.idleTimeout,
    shutdownTimeout: settings.shutdownTimeout,
    logLevel: settings.logLevel,
    rules: {
      truncateLongValues: settings.truncateLongValues,
      maxArtifactLocation: settings.artifactLocationMaxLength,
      allowedHostSchemes: new Set(settings.allowedHostAddressedArtifactSchemes),
    },
  };
}

function heldBytesOf({ maxBody, bodyMemory }: Settings): number {
  if (bodyMemory >= maxBody) return bodyMemory;
  throw new ConfigError(
    `--body-memory (${bodyMemory} bytes) has no room for one body of --max-body (${maxBody} bytes).`,
  );
}

/** What of the configuration says where things are kept: enough for commands that do not listen. @throws ConfigError */
export function storesConfigOf(settings: Settings): StoresConfig {
  return {
    dataFolder: resolve(settings.data),
    webhdfs: webhdfsConfigOf(settings),
    hbase: hbaseConfigOf(settings),
    kerberos: kerberosConfigOf(settings),
  };
}

function requireSafeListener(host: string, tls: TlsConfig | undefined, identity: IdentityPolicy): void {
  if (tls && identity.mode !== 'open') return;
  const missing = [
    ...(tls ? [] : ['a certificate (--tls-cert and --tls-key)']),
    ...(identity.mode === 'open' ? ['--identity dispatch or stock, with a proof of the gateway'] : []),
  ];
  throw new ConfigError(
    `'${host}' is not loopback, so others could call this server in any user's name. Set ${missing.join(' and ')}, ` +
      'or listen on 127.0.0.1.',
  );
}

function tlsOf({ tlsCert, tlsKey, tlsClientCa }: Settings): TlsConfig | undefined {
  if (tlsCert === undefined && tlsKey === undefined) {
    if (tlsClientCa !== undefined) throw new ConfigError('--tls-client-ca needs --tls-cert and --tls-key.');
    return undefined;
  }
  if (tlsCert === undefined || tlsKey === undefined) throw new ConfigError('--tls-cert and --tls-key go together.');
  const cert = certificatesOf('tls-cert', tlsCert);
  const key = contentOf('tls-key', tlsKey);
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^.*::/, '') : String(cause);
    throw new ConfigError(
      `--tls-key '${tlsKey}' is no key of --tls-cert '${tlsCert}', or is no key in PEM without a passphrase (${reason}).`,
      { cause },
    );
  }
  return { cert, key, clientCa: tlsClientCa === undefined ? undefined : certificatesOf('tls-client-ca', tlsClientCa) };
}

function identityOf(settings: Settings): IdentityPolicy {
  const { identity: mode, gatewaySecretFile, tlsClientCa, gatewaySubjects } = settings;
  if (gatewaySubjects !== undefined && tlsClientCa === undefined) {
    throw new ConfigError('--gateway-subjects needs --tls-client-ca, the CA that signed those certificates.');
  }
  if (mode === 'open') {
    if (gatewaySecretFile === undefined && tlsClientCa === undefined) return { mode };
    throw new ConfigError('A proof of the gateway is set, but --identity open believes nobody: set dispatch or stock.');
  }
  if (gatewaySecretFile === undefined && tlsClientCa === undefined) {
    throw new ConfigError(
      `--identity ${mode} believes the gateway, so the gateway must prove itself: set --gateway-secret-file ` +
        '(KIRKA_GATEWAY_SECRET_FILE) or --tls-client-ca (KIRKA_TLS_CLIENT_CA).',
    );
  }
  const proof: GatewayProof = {
    secret: gatewaySecretFile === undefined ? undefined : secretOf(gatewaySecretFile),
    clientCertificate: tlsClientCa === undefined ? undefined : { subjects: subjectsOf(gatewaySubjects) },
  };
  return { mode, proof };
}

function secretOf(file: string): string {
  const secret = secretContentOf('gateway-secret-file', file).trim();
  if (secret.length < minSecretLength || !/^[\x21-\x7e]+$/.test(secret)) {
    throw new ConfigError(
      `--gateway-secret-file must hold one line of at least ${String(minSecretLength)} visible ASCII characters, ` +
        'such as 32 random bytes in base64.',
    );
  }
  return secret;
}

function subjectsOf(list: string | undefined): readonly Readonly<Record<string, string>>[] {
  return (list ?? '')
    .split(';')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const subject = parseSubject(text);
      if (!subject) throw new ConfigError(`--gateway-subjects: '${text.trim()}' is not like 'CN=knox,O=Example'.`);
      return subject;
    });
}
