import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const attribute = (xml: string, name: string): number =>
  Number(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? NaN);

/** The counts in the file that our mocha reporter leaves; undefined where there are none. */
export function mochaCounts(file: string): Counts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : undefined;
}

/** The counts in the XML that Maven's surefire leaves; undefined where there are none. */
export function surefireCounts(folder: string): Counts | undefined {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name)) : [];
  if (files.length === 0) return undefined;
  return files
    .map((name) => {
      const xml = readFileSync(join(folder, name), 'utf8');
      const failed = attribute(xml, 'failures') + attribute(xml, 'errors');
      const skipped = attribute(xml, 'skipped');
      return { passed: attribute(xml, 'tests') - failed - skipped, failed, skipped };
    })
    .reduce(add);
}

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * What a suite counts for. One that ended badly without a failure in its report, or that left none, has failed once more
 * than it says: it died, or tested nothing.
 */
export function verdict(report: Counts | undefined, exitCode: number | undefined): Counts {
  const counts = report ?? { passed: 0, failed: 0, skipped: 0 };
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}
