import { setTimeout as sleep } from 'node:timers/promises';
import { logIn, remoteTo } from './client.ts';
import { theCluster } from './hooks.ts';

let starting: Promise<string> | undefined;
let address: string | undefined;

/** The HBase of this run, started by whoever asks first. */
export interface KerberisedHBase {
  readonly started: () => Promise<void>;
  /** Address of its REST server. */
  readonly rest: string;
  /** As `grant '<user>', '<actions>', '<table>'` in the HBase shell. A table of a whole namespace is `@<namespace>`. */
  readonly grant: (user: string, table: string, actions: string) => Promise<void>;
}

export function theHBase(): KerberisedHBase {
  return {
    started: async () => {
      starting ??= start();
      await starting;
    },
    get rest() {
      if (address === undefined) throw new Error('HBase has not been started');
      return address;
    },
    grant,
  };
}

async function start(): Promise<string> {
  const { webhdfs, startHBase } = theCluster();
  const remote = remoteTo(webhdfs, logIn('hdfs').kerberos);
  try {
    for (const path of ['/hbase?op=MKDIRS', '/hbase?op=SETOWNER&owner=hbase']) {
      const { status, body } = await remote.send({ method: 'PUT', path }, { repeatable: true });
      if (status !== 200) throw new Error(`${path}: ${body.toString()}`);
    }
  } finally {
    await remote.close();
  }
  address = await startHBase();
  // The master makes the table of permissions after it says that it is ready, and until then answers 500.
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await grant('hbase', '@default', 'RWXCA');
      return address;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

/** What the shell does, too: a cell of the table of permissions, which the region servers watch. */
async function grant(user: string, table: string, actions: string): Promise<void> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const remote = remoteTo(theHBase().rest, logIn('hbase').kerberos);
  const cell = { column: base64(`l:${user}`), $: base64(actions) };
  const request = {
    method: 'PUT',
    path: `/hbase:acl/${encodeURIComponent(table)}`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ Row: [{ key: base64(table), Cell: [cell] }] })),
  } as const;
  try {
    const { status, body } = await remote.send(request, { repeatable: true });
    if (status !== 200) throw new Error(`grant: ${String(status)} ${body.toString()}`);
  } finally {
    await remote.close();
  }
}
