import { StoresStuck } from '../backend/server.ts';
import { explainStart, refuse } from './explain-start.ts';

/** How long the process is given to end by itself where something did not start, ms. */
const patience = 10_000;

/**
 * Starts something, and closes it at SIGINT or SIGTERM; a second signal ends the process at once. What cannot start is
 * one line on stderr and exit code 1. What a store has under way and does not end is cut off: it was not acknowledged.
 *
 * Under `npm run` one Ctrl-C comes twice, from the terminal and from npm: what follows within half a second is the same.
 */
export async function runUntilStopped(start: () => Promise<{ close: () => Promise<void> }>): Promise<void> {
  let running;
  try {
    running = await start();
  } catch (error) {
    refuse(explainStart(error));
    setTimeout(cutOff, patience).unref();
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
        process.stderr.write(`kirka: stopped, but not cleanly: ${explainStart(error)}\n`);
        if (error instanceof StoresStuck) cutOff();
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** A thread that waits for a disk keeps every other end waiting, too. */
function cutOff(): void {
  process.kill(process.pid, 'SIGKILL');
}
