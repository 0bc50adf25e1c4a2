import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Gss } from '../../../backend/remote/kerberos/gss.ts';
import { loadGss } from '../../../backend/remote/kerberos/gss.ts';
import { moduleFolder } from './paths.ts';

const run = promisify(execFile);
const addon = `${moduleFolder}node_modules/kerberos/build/Release/kerberos.node`;
const gssHeader = '/usr/include/gssapi/gssapi_krb5.h';

/**
 * Installs npm `kerberos` below .stack, where it is not there yet: it is compiled against libkrb5.
 * @throws Error that says what is missing
 */
export async function installNpmKerberos(progress: (line: string) => void): Promise<void> {
  if (existsSync(addon)) return;
  if (!existsSync(gssHeader)) await installHeaders(progress);
  progress('compiling npm kerberos, once');
  writeFileSync(`${moduleFolder}package.json`, '{ "private": true, "allowScripts": { "kerberos": true } }\n');
  await command('npm', ['install', '--no-save', '--save-optional', 'kerberos@7'], {
    cwd: moduleFolder,
    env: { ...process.env, ...headersOfNode() },
  });
  if (!existsSync(addon)) throw new Error(`npm has installed kerberos without compiling it: no ${addon}`);
}

/** Loads what `installNpmKerberos` has installed. */
export function loadNpmKerberos(): Promise<Gss> {
  const require = createRequire(moduleFolder);
  return loadGss(() => Promise.resolve({ default: require('kerberos') as unknown }));
}

/** NODE_OPTIONS by which another Node finds it when it imports `kerberos`. */
export const withNpmKerberos = ((): string => {
  const found = { url: pathToFileURL(`${moduleFolder}node_modules/kerberos/lib/index.js`).href, format: 'commonjs' };
  const hook = `export const resolve = (name, context, next) =>
    name === 'kerberos' ? ${JSON.stringify({ ...found, shortCircuit: true })} : next(name, context);`;
  const dataUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;
  return `--import=${dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))});`)}`;
})();

/** By Debian's means where we may; a machine of another kind must have them. */
async function installHeaders(progress: (line: string) => void): Promise<void> {
  progress('installing libkrb5-dev');
  const install = ['install', '-y', '--no-install-recommends', 'libkrb5-dev', 'g++', 'make', 'python3'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await command('apt-get', ['update'], { env });
    await command('apt-get', install, { env });
  } catch (cause) {
    throw new Error(
      `npm kerberos needs the headers of MIT Kerberos (${gssHeader}); Debian: "apt-get ${install.join(' ')}"`,
      {
        cause,
      },
    );
  }
}

/** Node's own headers where they lie beside the program, as they do but for Debian's package: else node-gyp would fetch them from nodejs.org. */
function headersOfNode(): Record<string, string> {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

async function command(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  try {
    await run(file, [...args], { ...options, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    const end = (stdout + stderr).split('\n').slice(-20).join('\n');
    throw new Error(`${file} ${args.join(' ')}: ${end.trim() || message}`, { cause: error });
  }
}
