import { describeRows } from './describe-rows.ts';
import { startEchoBackend } from './echo-backend.ts';
import type { Target } from './row.ts';
import { secret, startTestGateway } from './start-gateway.ts';

describe('the local gateway', () => {
  let target: Target;
  let close: () => Promise<void>;

  before(async () => {
    const backend = await startEchoBackend();
    const gateway = await startTestGateway(backend.url);
    target = { url: `${gateway.url}/gateway/sandbox`, secret, backend };
    close = async () => {
      await gateway.close();
      await backend.close();
    };
  });

  after(() => close());

  describeRows('the local gateway', () => target);
});
