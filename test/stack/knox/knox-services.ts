import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { jarsFolder } from './paths.ts';

const run = promisify(execFile);

/** Puts service definitions that Knox itself ships, such as `webhdfs`, where its release archive has them. */
export async function installKnoxServices(home: string, names: readonly string[]): Promise<void> {
  const jar = readdirSync(jarsFolder).find((file) => file.startsWith('gateway-service-definitions-'));
  if (jar === undefined) throw new Error(`no service definitions of Knox in ${jarsFolder}`);
  // The JDK's own tool: Java is needed here anyway.
  const folders = names.map((name) => `services/${name}`);
  await run('jar', ['--extract', '--file', `${jarsFolder}${jar}`, ...folders], { cwd: `${home}data` });
}
