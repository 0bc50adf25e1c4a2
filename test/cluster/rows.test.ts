import { readFileSync } from 'node:fs';
import { describeRows } from '../gateway/describe-rows.ts';
import { startEchoBackend } from '../gateway/echo-backend.ts';
import type { EchoBackend } from '../gateway/row.ts';
import { requireFreePort } from '../stack/free-port.ts';
import { cluster, gateway } from './support/hooks.ts';

/** In one topology with WEBHDFS and WEBHBASE, whose rules Knox knows, too. */
describe('the Knox of the cluster', () => {
  let backend: EchoBackend;

  before(async () => {
    const [port] = cluster().layout.ports.kirka;
    await requireFreePort(port, 'the echo backend');
    backend = await startEchoBackend(port);
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
