import { connect } from 'node:net';

const patience = 3000;

/** A bean of a Hadoop server's /jmx; undefined where it does not answer. */
export async function beanOf(url: string, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await textOf(`${url}/jmx?qry=${name}`);
  if (text === undefined) return undefined;
  return (JSON.parse(text) as { beans: readonly Record<string, unknown>[] }).beans[0];
}

/** Body of a 200; undefined where there is none. */
export async function textOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What a server on loopback says to a word over TCP, as ZooKeeper's `ruok`; undefined where nothing is said. */
export function sayTo(port: number, word: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(word));
    let said: string | undefined;
    socket.setEncoding('utf8').setTimeout(patience, () => socket.destroy());
    socket.on('data', (text: string) => (said = (said ?? '') + text));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve(said);
    });
  });
}
