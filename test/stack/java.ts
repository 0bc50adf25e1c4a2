import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @throws Error where no Java 17 is in the PATH */
export async function requireJava(): Promise<void> {
  const version = await run('java', ['-version']).then(
    ({ stderr }) => stderr,
    () => '',
  );
  const major = /version "(\d+)/.exec(version)?.[1];
  if (major !== '17') {
    throw new Error(
      `The test stack's servers are run with Java 17; "java -version" says ${version.split('\n')[0] || 'nothing'}.`,
    );
  }
}
