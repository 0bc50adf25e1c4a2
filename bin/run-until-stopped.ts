import { explainStart, refuse } from './explain-start.ts';

/**
 * Starts something, and closes it at SIGINT or SIGTERM; a second signal ends the process at once. What cannot start is
 * one line on stderr and exit code 1.
 *
 * Under `npm run` one Ctrl-C comes twice, from the terminal and from npm: what follows within half a second is the same.
 */
export async function runUntilStopped(start: () => Promise<{ close: () => Promise<void> }>): Promise<void> {
  let running;
  try {
    running = await start();
  } catch (error) {
    refuse(explainStart(error));
    return;
  }
  const { close } = running;
  let stoppedAt: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stoppedAt !== undefined) {
      if (performance.now() - stoppedAt > 500) process.exit(signal === 'SIGINT' ? 130 : 143);
      return;
    }
    stoppedAt = performance.now();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`kirka: stopped, but not cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
