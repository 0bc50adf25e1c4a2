import type { Context } from 'mocha';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

let running: Stack | undefined;

/** The stack of this run; only inside of tests and hooks. */
export function stack(): Stack {
  if (!running) throw new Error('the stack is there only while tests run');
  return running;
}

/** One gateway for all test files. */
export const mochaHooks = {
  async beforeAll(this: Context): Promise<void> {
    // The first run fetches Knox.
    this.timeout(900_000);
    running = await startStack();
  },
  async afterAll(this: Context): Promise<void> {
    this.timeout(60_000);
    await running?.stop();
  },
};
