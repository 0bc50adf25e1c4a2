import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describeRows } from '../gateway/describe-rows.ts';
import { startEchoBackend } from '../gateway/echo-backend.ts';
import type { EchoBackend } from '../gateway/row.ts';
import { requireFreePort } from '../stack/free-port.ts';
import { cluster, gateway } from './support/hooks.ts';

/**
 * Knox keeps its connections, and looks whether one still stands only where it was idle for two seconds (the default of
 * Apache HttpClient, `validateAfterInactivity`). What another test had on this port is gone: a write that Knox sent on such
 * a connection would be answered with 502.
 */
const untilChecked = 2500;

/** In one topology with WEBHDFS and WEBHBASE, whose rules Knox knows, too. */
describe('the Knox of the cluster', () => {
  let backend: EchoBackend;

  before(async () => {
    const [port] = cluster().layout.ports.kirka;
    await requireFreePort(port, 'the echo backend');
    backend = await startEchoBackend(port);
    await delay(untilChecked);
  });
  after(() => backend.close());

  describeRows('Knox before HDFS and HBase', () => {
    const { url, caFile, secretFile } = gateway();
    return {
      url: `${url}/gateway/sandbox`,
      ca: readFileSync(caFile, 'utf8'),
      secret: readFileSync(secretFile, 'utf8').trim(),
      backend,
    };
  });
});
