import { createServer } from 'node:net';

/** @throws Error that says what to do where a loopback port is taken */
export async function requireFreePort(port: number, what: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => {
      reject(new Error(`Port ${String(port)} of ${what} is taken by another process; stop it or choose another port.`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
