import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownerOf } from './asked.ts';
import type { Asked } from './asked.ts';
import { answerOf } from './name-node.ts';
import { Refusal, Tree } from './tree.ts';

export type { Asked } from './asked.ts';

/**
 * What a server does in place of its answer. `cut` ends the connection after so many bytes of the body, of the request's
 * for an upload; `done` does the work before that.
 */
export type Fault =
  | { readonly status: number; readonly body?: string; readonly location?: string }
  | { readonly cut: number; readonly done?: boolean };

/** A small WebHDFS: two NameNodes, of which one is active, and a DataNode. */
export interface FakeWebHdfs {
  readonly tree: Tree;
  readonly addresses: readonly string[];
  readonly asked: Asked[];
  active: 0 | 1;
  /** Entries of a page of a list. */
  page: number;
  /** Decides for each request; undefined serves it. */
  fault: (asked: Asked) => Fault | undefined;
  readonly close: () => Promise<void>;
}

export const remoteException = (exception: string, message = 'said the fake'): string =>
  JSON.stringify({ RemoteException: { exception, javaClassName: `x.${exception}`, message } });

export async function startFakeWebHdfs(): Promise<FakeWebHdfs> {
  const tree = new Tree();
  const servers: Server[] = [];
  const listen = async (serve: (asked: Asked, request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
    const name = (['nn0', 'nn1', 'dn'] as const)[servers.length] ?? 'dn';
    const server = createServer((request, response) => {
      const asked = askedOf(name, request);
      fake.asked.push(asked);
      serve(asked, request, response).catch((error: unknown) => {
        if (error instanceof Refusal) {
          send(response, error.status, remoteException(error.exception, error.message));
        } else response.destroy();
      });
    });
    // As real ones: 100 Continue is sent unasked, by the DataNode below.
    server.on('checkContinue', (request, response) => server.emit('request', request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };

  const nameNode = async (asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = fake.fault(asked);
    if (fault !== undefined && 'cut' in fault) {
      if (fault.done === true) answerOf(tree, asked, fake.page, dn);
      request.socket.destroy();
      return;
    }
    if (fault !== undefined) return send(response, fault.status, fault.body ?? '', fault.location);
    if (asked.server !== `nn${String(fake.active)}`) throw new Refusal(403, 'StandbyException', 'state standby');
    const { location, content } = answerOf(tree, asked, fake.page, dn);
    if (location !== undefined) send(response, 307, '', location);
    else send(response, 200, content === undefined ? '' : JSON.stringify(content));
  };

  const dataNode = async (asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = fake.fault(asked);
    response.setHeader('connection', 'close');
    if (asked.op === 'OPEN') {
      const node = tree.get(asked.path);
      if (node.type !== 'FILE') throw new Refusal(403, 'IOException', 'no file');
      const from = Number(asked.query.get('offset'));
      const bytes = node.data.subarray(from, from + Number(asked.query.get('length')));
      if (fault !== undefined && 'status' in fault) return send(response, fault.status, fault.body ?? '');
      response.writeHead(200, { 'content-length': String(bytes.length), 'content-type': 'application/octet-stream' });
      if (fault === undefined) response.end(bytes);
      else response.write(bytes.subarray(0, fault.cut), () => request.socket.destroy());
      return;
    }
    const file = tree.create(asked.path, ownerOf(asked), asked.query.get('overwrite') === 'true');
    response.writeContinue();
    if (fault !== undefined && 'status' in fault) {
      // Some of the body is read, and what is kept of it stays.
      request.once('data', (chunk: Buffer) => (file.data = chunk));
      return send(response, fault.status, fault.body ?? '');
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      // An upload that breaks off leaves what came, closed and visible.
      file.data = Buffer.concat(chunks);
      if (fault !== undefined && file.data.length >= fault.cut) request.socket.destroy();
    });
    await new Promise<void>((resolve, reject) => request.once('end', resolve).once('close', () => reject(new Error())));
    file.modified = tree.now();
    response.setHeader('location', `hdfs://fake${asked.path}`);
    send(response, 201, '');
  };

  const addresses = [await listen(nameNode), await listen(nameNode)];
  const dn = await listen(dataNode);
  const fake: FakeWebHdfs = {
    tree,
    addresses,
    asked: [],
    active: 0,
    page: 100,
    fault: () => undefined,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  return fake;
}

function askedOf(server: Asked['server'], request: IncomingMessage): Asked {
  const url = request.url ?? '';
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  return {
    server,
    method: request.method ?? '',
    op: parameters.get('op')?.toUpperCase() ?? '',
    path: decodeURIComponent(path.replace(/^\/webhdfs\/v1/, '')),
    url,
    query: parameters,
    authorization: request.headers.authorization,
  };
}

function send(response: ServerResponse, status: number, body: string, location?: string): void {
  if (location !== undefined) response.setHeader('location', location);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}
