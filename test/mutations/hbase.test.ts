import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { mutations } from './mutations.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

describe('without a guard, tests of the store on HBase fail', () => {
  let copy: string;

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'kirka-mutations-'));
    for (const part of ['backend', 'test', 'package.json', 'tsconfig.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, { recursive: true }));

  /** Whether the tests pass in the copy. */
  const pass = async (tests: string): Promise<boolean> => {
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
    const options = ['--no-config', '--bail', '-n', 'import=tsx', '--timeout', '60000'];
    try {
      await run(process.execPath, [mocha, ...options, join('test', tests)], { cwd: copy });
      return true;
    } catch (error) {
      // Exit code 1 to 255 is the number of failures; a mutant that does not even load is none.
      const { stdout = '' } = error as { stdout?: string };
      expect(stdout, 'the tests have run').to.match(/^ +\d+ failing$/m);
      return false;
    }
  };

  for (const { guard, file, from, to, tests } of mutations) {
    it(guard, async () => {
      const path = join(copy, 'backend/stores/hbase', file);
      const whole = readFileSync(path, 'utf8');
      expect(whole.split(from), `${file} has the guard once`).to.have.length(2);
      writeFileSync(
        path,
        whole.replace(from, () => to),
      );
      try {
        expect(await pass(tests), `${tests} passes without it`).to.equal(false);
      } finally {
        writeFileSync(path, whole);
      }
    });
  }

  it('and with all of them, none does', async () => {
    for (const tests of new Set(mutations.map((mutation) => mutation.tests))) expect(await pass(tests)).to.equal(true);
  });
});
