import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { add, mochaCounts, surefireCounts, verdict } from './counts.ts';
import type { Counts } from './counts.ts';
import { suites } from './suites.ts';
import type { Suite } from './suites.ts';

const reports = '.stack/reports';

/** Runs a suite to its end or its limit. @returns the exit code; undefined where it was ended */
function execute([file, ...args]: readonly [string, ...string[]], minutes: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    // A process group of its own, so that what a suite started ends with it.
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // gone already
      }
    };
    const timer = setTimeout(end, minutes * 60_000);
    const settle = (code: number | undefined): void => {
      clearTimeout(timer);
      end();
      resolve(code);
    };
    child.once('error', () => settle(undefined));
    child.once('exit', (code) => settle(code ?? undefined));
  });
}

async function run({ name, command, report, minutes }: Suite): Promise<Counts> {
  if (report === 'check')
    return verdict({ passed: (await execute(command, minutes)) === 0 ? 1 : 0, failed: 0, skipped: 0 }, 0);
  if (report === 'mocha') {
    const file = join(reports, `${name.replaceAll(' ', '-')}.json`);
    const counting = ['--reporter', './test/ci/reporter.cjs', '--reporter-option', `output=${file}`];
    const exitCode = await execute([...command, ...counting] as never, minutes);
    return verdict(mochaCounts(file), exitCode);
  }
  rmSync(report.surefire, { recursive: true, force: true });
  const exitCode = await execute(command, minutes);
  return verdict(surefireCounts(report.surefire), exitCode);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const results: [string, Counts, number][] = [];
for (const suite of suites) {
  process.stdout.write(`\n=== ${suite.name}: ${suite.command.join(' ')}\n`);
  const started = Date.now();
  results.push([suite.name, await run(suite), (Date.now() - started) / 1000]);
}

process.stdout.write('\n');
for (const [name, { passed, failed, skipped }, seconds] of results) {
  const line = `${name}: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
  process.stdout.write(`${line} (${seconds.toFixed(0)} s)\n`);
}
const total = results.map(([, counts]) => counts).reduce(add);
process.stdout.write(`${String(total.passed)} passed, ${String(total.failed)} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
