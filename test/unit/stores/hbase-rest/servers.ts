import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { background } from '../../../../backend/call-context.ts';
import { openRemote } from '../../../../backend/remote/index.ts';
import type { Remote } from '../../../../backend/remote/index.ts';
import { encodeCellSet } from '../../../../backend/stores/hbase/rest/cell-set.ts';
import { hbaseRest } from '../../../../backend/stores/hbase/rest/index.ts';
import type { HBaseRest } from '../../../../backend/stores/hbase/rest/index.ts';
import { closeServers, serve } from '../../remote/servers.ts';
import type { FakeServer } from '../../remote/servers.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

export const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const base64 = (text: string): string => bytes(text).toString('base64');

export const cellSet = (response: ServerResponse, keys: readonly string[], cells = ['d:a']): void => {
  const Cell = cells.map((column) => ({ column: bytes(column), $: bytes('1') }));
  response.setHeader('content-type', 'application/x-protobuf');
  response.end(encodeCellSet(keys.map((key) => ({ key: bytes(key), Cell }))));
};

export const rowsInJson = (response: ServerResponse, keys: readonly string[]): void => {
  response.setHeader('content-type', 'application/json');
  const Cell = [{ column: base64('d:a'), timestamp: 1, $: base64('1') }];
  response.end(JSON.stringify({ Row: keys.map((key) => ({ key: base64(key), Cell })) }));
};

/** A server that answers when it has the whole body. */
export const server = (answer: Answer): Promise<FakeServer> =>
  serve((request, response) => void buffer(request).then((body) => answer(request, response, body)));

const open: Remote[] = [];

/** Closes it with the servers. */
export function closing(remote: Remote): Remote {
  open.push(remote);
  return remote;
}

/** A client of those servers that gives up soon. */
export const client = (...addresses: string[]): HBaseRest =>
  hbaseRest(closing(openRemote({ name: 'HBase REST', addresses, limits: { total: 300, pause: 10, answer: 2000 } })));

/** Closes all clients and servers. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((remote) => remote.close()));
  await closeServers();
}

/** All that a scan finds, page by page. */
export async function keysOf(rest: HBaseRest, expected?: number): Promise<string[]> {
  const keys: string[] = [];
  const range = { start: 'a', end: 'z', ...(expected === undefined ? {} : { expect: expected }) };
  for await (const page of rest.scan(background, 't', range)) keys.push(...page.map(({ key }) => key));
  return keys;
}
