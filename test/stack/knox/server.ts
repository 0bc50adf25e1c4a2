import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { service } from '../../../backend/manifest/index.ts';
import { startChild, waitUntilReady } from '../child.ts';
import { requireFreePort } from '../free-port.ts';
import { requireJava } from '../java.ts';
import { buildDispatch, buildKnox } from './build.ts';
import { layOutHome } from './home.ts';
import type { KnoxHome } from './home.ts';
import { knoxFlags } from './java.ts';
import { jarsFolder } from './paths.ts';

/** A running Knox 2.0.0 over TLS on loopback. */
export interface Knox {
  /** `https://localhost:<port>`, without the path. */
  readonly url: string;
  readonly home: KnoxHome;
  readonly pid: number;
  /** The service's address in a topology: what is given to MLflow's client as tracking URI. */
  readonly serviceUrl: (topology: string) => string;
  /** Puts a topology into conf/topologies, as an admin does, and waits until Knox serves it. */
  readonly deploy: (name: string, xml: string) => Promise<void>;
  /** The gateway's log so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** What a gateway is started with. */
export interface KnoxOptions {
  readonly port: number;
  /** Name of the home below .stack/knox; two gateways that run at once need two. */
  readonly home: string;
  /** Topologies by name, as XML. */
  readonly topologies: Readonly<Record<string, string>>;
  /** PEM files of authorities that the gateway's HTTP clients trust, beside the certificate of its own. */
  readonly trust?: readonly string[];
  /** Changes the home before the start, such as installing another service definition. */
  readonly prepare?: (home: KnoxHome) => void | Promise<void>;
  readonly progress: (line: string) => void;
}

/** Builds what is not built yet, lays the home out, starts Knox and waits until every topology is served. */
export async function startKnox(options: KnoxOptions): Promise<Knox> {
  const { port, progress } = options;
  await requireJava();
  await requireFreePort(port, 'Knox');
  await buildKnox(progress);
  await buildDispatch(progress);
  const home = await layOutHome(options.home, port, options.trust ?? [], progress);
  await options.prepare?.(home);
  const topologyFile = (name: string): string => `${home.folder}conf/topologies/${name}.xml`;
  for (const [name, xml] of Object.entries(options.topologies)) writeFileSync(topologyFile(name), xml);
  const child = startChild('java', commandLine(home), { logFile: `${home.folder}logs/gateway.out`, cwd: home.folder });
  const url = `https://localhost:${String(port)}`;
  const serviceUrl = (topology: string): string => `${url}/gateway/${topology}/${service.name}`;
  const isServed = async (name: string): Promise<boolean> =>
    (await statusOf(`${serviceUrl(name)}/version`, home.caFile)) === 401;
  const log = (): string => readFileSync(`${home.folder}logs/gateway.log`, 'utf8');
  try {
    for (const name of Object.keys(options.topologies)) {
      await waitUntilReady(child, `Knox, topology ${name}`, () => isServed(name), { timeout: 600_000, progress });
    }
  } catch (error) {
    await child.stop();
    throw error;
  }
  const deploy = async (name: string, xml: string): Promise<void> => {
    const activations = (): number => log().split(`Activating topology ${name} archive`).length;
    const before = activations();
    writeFileSync(topologyFile(name), xml);
    // Knox looks at the file's time, in whole seconds on some file systems.
    utimesSync(topologyFile(name), new Date(), new Date(Date.now() + 1000));
    await waitUntilReady(
      child,
      `Knox, topology ${name}`,
      async () => activations() > before && (await isServed(name)),
      {
        timeout: 60_000,
        progress,
      },
    );
  };
  return { url, home, pid: child.pid, serviceUrl, deploy, log, stop: child.stop };
}

function commandLine(home: KnoxHome): string[] {
  return [
    ...['-Xmx512m', ...knoxFlags, `-DGATEWAY_HOME=${home.folder}`],
    `-Dlog4j.configurationFile=${home.folder}conf/gateway-log4j2.xml`,
    ...['-cp', `${home.folder}conf:${home.folder}ext/*:${jarsFolder}*`, 'org.apache.knox.gateway.GatewayServer'],
  ];
}

/** Status of an unauthenticated GET; undefined where nothing answers. */
async function statusOf(url: string, caFile: string): Promise<number | undefined> {
  const ask = new Promise<number | undefined>((resolve) => {
    const call = request(url, { ca: readFileSync(caFile), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', () => {
      resolve(undefined);
    });
    call.end();
  });
  return Promise.race([ask, sleep(5000, undefined, { ref: false })]);
}
