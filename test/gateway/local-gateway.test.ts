import { join } from 'node:path';
import {
  authenticateDemo,
  defaultTimeout,
  loadDefinition,
  startGateway,
} from '../../knox-service/local-gateway/index.ts';
import { describeRows } from './describe-rows.ts';
import { startEchoBackend } from './echo-backend.ts';
import type { Target } from './row.ts';

describe('the local gateway', () => {
  let target: Target;
  let close: () => Promise<void>;

  before(async () => {
    const backend = await startEchoBackend();
    const secret = 'a-secret-of-the-tests-of-the-gateway';
    const gateway = await startGateway({
      host: '127.0.0.1',
      port: 0,
      topology: 'sandbox',
      definition: await loadDefinition(join(import.meta.dirname, '../../knox-service')),
      authenticate: authenticateDemo,
      secret,
      backend: () => backend.url,
      timeout: defaultTimeout,
      shutdownTimeout: 1000,
    });
    target = { url: `${gateway.url}/gateway/sandbox`, secret, backend };
    close = async () => {
      await gateway.close();
      await backend.close();
    };
  });

  after(() => close());

  describeRows('the local gateway', () => target);
});
