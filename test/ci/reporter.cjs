/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS, as mocha requires reporters */
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/**
 * Mocha's own listing, and at the end the counts in a file: `--reporter-option output=<file>`. Mocha requires reporters,
 * past what lets Node import TypeScript.
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { output } = options.reporterOptions;
    if (output === undefined) throw new Error('--reporter-option output=<file> is missing');
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(output, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
