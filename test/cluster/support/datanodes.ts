import { readFile } from 'node:fs/promises';
import type { Cluster, Server } from '../../stack/cluster/index.ts';
import { until } from '../../support/until.ts';

/** The DataNode that takes the bytes of the one upload that is under way, and the one that gets them from it. */
export interface Pipeline {
  readonly receiving: Server;
  readonly other: Server;
}

/** @throws where it is not exactly one that has a connection at its WebHDFS port */
export async function pipelineOf({ datanodes }: Pick<Cluster, 'datanodes'>): Promise<Pipeline> {
  let found: Pipeline | undefined;
  await until('an upload to one DataNode', 60, async () => {
    const [one, two] = datanodes;
    const [toOne, toTwo] = await Promise.all([isConnected(one.port), isConnected(two.port)]);
    if (toOne === toTwo) return false;
    found = toOne ? { receiving: one, other: two } : { receiving: two, other: one };
    return true;
  });
  if (!found) throw new Error('nothing is uploaded');
  return found;
}

const established = '01';

/** Whether a connection stands at a port of loopback (Linux). DataNodes end theirs with each upload. */
async function isConnected(port: number): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile('/proc/net/tcp', 'utf8');
  return table.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return local?.endsWith(`:${hex}`) === true && state === established;
  });
}
