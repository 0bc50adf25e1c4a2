import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { mochaCounts, surefireCounts, verdict } from '../../ci/counts.ts';

describe("CI's counts", () => {
  const good = { passed: 3, failed: 0, skipped: 0 };
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kirka-counts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('take a report at its word', () => {
    expect(verdict(good, 0)).to.deep.equal(good);
    expect(verdict({ ...good, failed: 2 }, 2)).to.deep.equal({ ...good, failed: 2 });
  });

  it('count a suite as failed that died, that left no report, or that tested nothing', () => {
    expect(verdict(good, 1).failed).to.equal(1);
    expect(verdict(good, undefined).failed).to.equal(1);
    expect(verdict(undefined, 0).failed).to.equal(1);
    expect(verdict({ ...good, passed: 0 }, 0).failed).to.equal(1);
  });

  it('read no counts where nothing was written', () => {
    expect(mochaCounts(join(folder, 'none.json'))).to.equal(undefined);
    expect(surefireCounts(folder)).to.equal(undefined);
  });

  it("add up surefire's files", () => {
    const xml = (tests: number, failures: number, errors: number, skipped: number): string =>
      `<?xml version="1.0"?>\n<testsuite name="a" time="0.1" tests="${String(tests)}" errors="${String(errors)}" ` +
      `skipped="${String(skipped)}" failures="${String(failures)}">\n<testcase/></testsuite>`;
    writeFileSync(join(folder, 'TEST-a.xml'), xml(5, 1, 1, 1));
    writeFileSync(join(folder, 'TEST-b.xml'), xml(3, 0, 0, 0));
    writeFileSync(join(folder, 'other.txt'), 'no');
    expect(surefireCounts(folder)).to.deep.equal({ passed: 5, failed: 2, skipped: 1 });
  });
});
