import { expect } from 'chai';
import { background } from '../../backend/call-context.ts';
import { startApp, text } from './http/app-under-test.ts';

describe('the signal of a call', () => {
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  beforeEach(() => {
    warnings.length = 0;
    process.on('warning', warned);
  });
  afterEach(() => process.off('warning', warned));

  const listened = async (signal: AbortSignal): Promise<readonly Error[]> => {
    // As many as a request that reads many rows of HBase has under way, and more.
    for (let i = 0; i < 100; i++) signal.addEventListener('abort', () => undefined);
    // Node tells of a warning in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    return warnings;
  };

  it('of a request is listened to by all its work, and Node warns of no leak', async () => {
    let signal: AbortSignal | undefined;
    const app = await startApp({
      'runs.create': (call) => {
        ({ signal } = call.context);
        return Promise.resolve(text('done'));
      },
    });
    try {
      await fetch(`${app.url}/api/2.0/mlflow/runs/create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect(signal && (await listened(signal))).to.deep.equal([]);
    } finally {
      await app.close();
    }
  });

  it('of work that no request asked for, too', async () => {
    expect(await listened(background.signal)).to.deep.equal([]);
  });
});
