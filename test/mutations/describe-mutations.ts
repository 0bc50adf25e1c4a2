import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Mutation } from './mutation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
const run = promisify(execFile);

/** ms for one test, and for one that is known to wait for ever without its guard. */
const limits = { usual: 240_000, hanging: 10_000 };

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Defines a test for each guard: without it, in a copy of the sources, the test that is named for it must fail. */
export function describeMutations(what: string, mutations: readonly Mutation[]): void {
  describe(`without a guard of ${what}`, () => {
    let copy: string;

    before(() => {
      copy = mkdtempSync(join(tmpdir(), 'kirka-mutations-'));
      for (const part of ['backend', 'test', 'package.json', 'tsconfig.json']) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    });
    after(() => rmSync(copy, { recursive: true }));

    /** Runs those tests of a file whose titles match. */
    const test = async (tests: string, titles: string, limit: number): Promise<Outcome> => {
      const options = ['--no-config', '-n', 'import=tsx/esm', '--exit', '--timeout', String(limit), '--grep', titles];
      const { stdout } = await run(process.execPath, [mocha, ...options, join('test', tests)], { cwd: copy }).catch(
        (error: unknown) => error as { readonly stdout: string },
      );
      const count = (word: string): number => Number(new RegExp(`^ +(\\d+) ${word}`, 'm').exec(stdout)?.[1] ?? 0);
      // A mutant that does not even load tests nothing.
      expect(count('passing') + count('failing'), `tests that have run:\n${stdout}`).to.be.above(0);
      return { passed: count('passing'), failed: count('failing') };
    };

    for (const { guard, file, from, to, tests, fails, hangs } of mutations) {
      it(`a test fails: ${guard}`, async () => {
        const path = join(copy, 'backend', file);
        const whole = readFileSync(path, 'utf8');
        expect(whole.split(from), `${file} has the guard once`).to.have.length(2);
        writeFileSync(
          path,
          whole.replace(from, () => to),
        );
        try {
          const { failed } = await test(tests, literally(fails), hangs ? limits.hanging : limits.usual);
          expect(failed, `'${fails}' of ${tests} passes without it`).to.be.above(0);
        } finally {
          writeFileSync(path, whole);
        }
      });
    }

    it('with all of them, none does', async function () {
      this.timeout(900_000);
      for (const tests of new Set(mutations.map((mutation) => mutation.tests))) {
        const own = mutations.filter((mutation) => mutation.tests === tests);
        const titles = new Set(own.map(({ fails }) => literally(fails)));
        expect((await test(tests, [...titles].join('|'), limits.usual)).failed, tests).to.equal(0);
      }
    });
  });
}

const literally = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
