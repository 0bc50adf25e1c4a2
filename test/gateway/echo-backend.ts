import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Answer, EchoBackend, Recorded } from './row.ts';

function headersOf(request: IncomingMessage): [string, string][] {
  const { rawHeaders } = request;
  return rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [],
  );
}

const present = (headers: Answer['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).filter((entry): entry is [string, string] => entry[1] !== null));

/** Listens on a loopback port, a free one if none is given. */
export async function startEchoBackend(port = 0): Promise<EchoBackend> {
  let seen: Recorded[] = [];
  let answer: Answer = { status: 200 };
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: headersOf(request), body });
      response.writeHead(answer.status, present(answer.headers));
      response.end(request.method === 'HEAD' ? undefined : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
    answer: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
