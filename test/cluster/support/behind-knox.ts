import { readFileSync } from 'node:fs';
import type { Target } from '../../wire/play.ts';
import { cluster, gateway } from './hooks.ts';
import { install } from './kirka.ts';

/** A backend with tables and a folder of its own, which believes the cluster's Knox and nobody else. */
export async function startBehindKnox(): Promise<Target & { readonly close: () => Promise<void> }> {
  const { kirka: url, secretFile, caFile } = gateway();
  const [port] = cluster().layout.ports.kirka;
  const { start, dispose } = await install();
  try {
    await start({ port, flags: ['--identity', 'dispatch', '--gateway-secret-file', secretFile] });
  } catch (error) {
    await dispose();
    throw error;
  }
  const authorization = `Basic ${Buffer.from('guest:guest-password').toString('base64')}`;
  return { url, ca: readFileSync(caFile, 'utf8'), headers: { authorization }, close: dispose };
}
