import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { MochaOptions, Runner } from 'mocha';
import type { Counts } from './counts.ts';

/** Mocha's own listing, and at the end the counts in a file: `--reporter-option output=<file>`. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const { output } = options.reporterOptions as { output?: string };
    if (output === undefined) throw new Error('--reporter-option output=<file> is missing');
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(output, JSON.stringify(counts));
    });
  }
}
