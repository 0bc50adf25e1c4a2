import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const built = fileURLToPath(new URL('../../dist/bin/process-logger.js', import.meta.url));

describe('a process that serves', () => {
  const run = (defect: string) => {
    const script = `
      const { processLogger } = await import(${JSON.stringify(built)});
      processLogger('info');
      setTimeout(() => { ${defect} }, 0);
      setTimeout(() => process.stdout.write('served on'), 50);`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  };

  it('logs a promise that nobody waited for, and serves on', () => {
    const { stdout, stderr } = run("Promise.reject(new Error('lost'))");
    expect(stdout).to.equal('served on');
    expect(JSON.parse(stderr)).to.have.nested.property('err.message', 'lost');
  });

  it('ends where an exception leaves its state unknown', () => {
    const { stdout, status } = run("throw new Error('lost')");
    expect([stdout, status]).to.deep.equal(['', 1]);
  });
});
