import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import type { Server } from './server.ts';

/** What another process may have done to a server. */
export const actions = ['start', 'stop', 'kill', 'pause', 'resume', 'waitUntilReady', 'pid'] as const;
export type Action = (typeof actions)[number];

/** The socket through which it says so: of the file system, so that only this user's processes reach it. */
export const controlSocket = (folder: string): string => join(folder, 'control.sock');

/**
 * Lets test runs of other processes break and start the servers of this one: `POST /<server>/<action>`, answered with
 * the process id, or with 500 and what went wrong.
 */
export async function serveControl({ layout, servers }: Cluster): Promise<{ readonly close: () => void }> {
  const path = controlSocket(layout.folder);
  rmSync(path, { force: true });
  const server = createServer((request, response) => {
    const [, name, action] = (request.url ?? '').split('/');
    const found = servers.find((each) => each.name === name);
    carryOut(found, action).then(
      (pid) => response.end(JSON.stringify(pid ?? null)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function carryOut(server: Server | undefined, name: string | undefined): Promise<number | undefined> {
  const action = actions.find((each) => each === name);
  if (!server || !action) throw new Error('no such server or action');
  await server[action]();
  return server.pid();
}
