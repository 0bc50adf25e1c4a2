import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { clusterOf } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { controlSocket } from './control.ts';
import type { Action } from './control.ts';
import type { Layout } from './layout.ts';
import type { MakeServer } from './server.ts';

/** Handles on a cluster that another process has started, and that it alone stops. */
export function attachCluster(layout: Layout, progress: (line: string) => void): Cluster {
  const remote: MakeServer = ({ name, port, logFile }) => {
    const ask = (action: Action): Promise<number | undefined> =>
      say(controlSocket(layout.folder), `/${name}/${action}`);
    const tell = (action: Action) => async (): Promise<void> => {
      await ask(action);
    };
    return {
      name,
      port,
      url: `http://127.0.0.1:${String(port)}`,
      logFile,
      pid: () => ask('pid'),
      start: tell('start'),
      stop: tell('stop'),
      kill: tell('kill'),
      pause: tell('pause'),
      resume: tell('resume'),
      waitUntilReady: tell('waitUntilReady'),
    };
  };
  return clusterOf(layout, remote, progress);
}

async function say(socketPath: string, path: string): Promise<number | undefined> {
  const { status, body } = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const call = request({ socketPath, path, method: 'POST', agent: false }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode, body });
      }, reject);
    });
    call.once('error', reject).end();
  });
  if (status !== 200) throw new Error(body);
  return (JSON.parse(body) as number | null) ?? undefined;
}
