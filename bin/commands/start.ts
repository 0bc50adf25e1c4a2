import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { buildConfig } from '../../backend/config/config.ts';
import { ConfigError } from '../../backend/config/config-error.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import type { Settings } from '../../backend/config/settings.ts';
import { hostsLike } from '../../backend/http/host-rule.ts';
import { isLoopback } from '../../backend/identity/loopback.ts';
import { startBackend } from '../../backend/server.ts';
import type { Backend } from '../../backend/server.ts';
import { ownCertificate } from '../../knox-service/local-gateway/certificate.ts';
import {
  authenticateByFile,
  authenticateDemo,
  defaultTimeout,
  loadDefinition,
  ownHosts,
  startGateway,
} from '../../knox-service/local-gateway/index.ts';
import type { Authenticator } from '../../knox-service/local-gateway/index.ts';
import { packageRoot } from '../package-root.ts';
import { processLogger } from '../process-logger.ts';
import { runUntilStopped } from '../run-until-stopped.ts';
import { welcome } from './welcome.ts';

/** Flags of `kirka start`. */
export interface StartFlags {
  readonly host: string;
  readonly port: string;
  readonly data: string;
  readonly topology: string;
  readonly users?: string;
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly allowedHosts?: string;
  readonly corsAllowedOrigins?: string;
  readonly logLevel: string;
}

/** `kirka start`: the backend and the local gateway before it, in one process, until it is told to stop. */
export async function start(flags: StartFlags, environment: Typed): Promise<void> {
  await runUntilStopped(async () => {
    const secret = randomBytes(32).toString('hex');
    const settings = settingsOf(flags, environment);
    const config = backendConfig(settings, secret);
    const log = processLogger(config.logLevel);
    const certificate = await certificateOf(flags, config.dataFolder);
    if (!isLoopback(flags.host)) requireSafe(flags, certificate !== undefined);
    let backend: Backend | undefined;
    const gateway = await startGateway({
      host: flags.host,
      port: portOf(flags.port),
      tls: certificate,
      topology: flags.topology,
      definition: await loadDefinition(join(packageRoot(), 'knox-service')),
      authenticate: await authenticateOf(flags, log),
      hosts: settings.allowedHosts ? hostsLike(settings.allowedHosts) : ownHosts(flags.host, certificate?.cert),
      corsAllowedOrigins: config.browsers.corsAllowedOrigins,
      secret,
      backend: () => backend?.url,
      timeout: defaultTimeout,
      shutdownTimeout: config.shutdownTimeout,
      log,
    });
    try {
      // Behind the gateway: a port that is taken is told before a data folder that is in use.
      backend = await startBackend(config, log);
    } catch (error) {
      await gateway.close();
      throw error;
    }
    const { close } = backend;
    process.stdout.write(welcome({ ...flags, url: gateway.url, dataFolder: config.dataFolder, certificate }));
    return {
      close: async () => {
        await gateway.close();
        await close();
      },
    };
  });
}

function settingsOf({ data, logLevel, allowedHosts, corsAllowedOrigins }: StartFlags, environment: Typed): Settings {
  const flags = { data, logLevel, allowedHosts, corsAllowedOrigins, host: '127.0.0.1', port: '0' };
  return readSettings(flags, environment);
}

function backendConfig(settings: Settings, secret: string) {
  // Who may call the backend is settled here: this process, by a secret that nobody else knows.
  const inside = { identity: 'open', gatewaySecretFile: undefined, tlsCert: undefined, tlsKey: undefined } as const;
  const unproved = { ...inside, tlsClientCa: undefined, gatewaySubjects: undefined, allowedHosts: undefined };
  return { ...buildConfig({ ...settings, ...unproved }), identity: { mode: 'dispatch', proof: { secret } } } as const;
}

async function certificateOf(flags: StartFlags, dataFolder: string) {
  const { tlsCert, tlsKey } = flags;
  if (tlsCert === undefined && tlsKey === undefined) {
    return flags.tls ? ownCertificate(join(dataFolder, 'tls'), flags.host) : undefined;
  }
  if (tlsCert === undefined || tlsKey === undefined) throw new ConfigError('--tls-cert and --tls-key go together.');
  return { cert: await readFile(tlsCert, 'utf8'), key: await readFile(tlsKey, 'utf8'), certFile: tlsCert };
}

async function authenticateOf({ users }: StartFlags, log: Logger): Promise<Authenticator> {
  return users === undefined ? authenticateDemo : authenticateByFile(users, log);
}

function requireSafe({ host, users }: StartFlags, hasTls: boolean): void {
  const missing = [
    ...(users === undefined ? ["a users file (--users), for everybody knows the demo users' passwords"] : []),
    ...(hasTls ? [] : ['a certificate (--tls, or --tls-cert and --tls-key)']),
  ];
  if (missing.length === 0) return;
  throw new ConfigError(`'${host}' is not loopback. Set ${missing.join(', and ')}; or listen on 127.0.0.1.`);
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65535) throw new ConfigError(`--port must be a port number, not '${text}'.`);
  return port;
}
