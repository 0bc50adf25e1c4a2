import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { jarsFolder } from './paths.ts';

const run = promisify(execFile);

/** What Knox 2.0.0 needs on Java 17, each with what fails without it. */
export const knoxFlags: readonly string[] = [
  // A query's non-ASCII characters become question marks where the locale is C.
  '-Dfile.encoding=UTF-8',
  // JAXB 2.3.0 calls a method of Unsafe that is gone: the gateway ends while it loads the service definitions.
  '-Dcom.sun.xml.bind.v2.bytecode.ClassTailor.noOptimize=true',
  // Hadoop's LdapGroupsMapping gets an IllegalAccessError, and every request 500.
  '--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED',
];

/**
 * Runs Knox's command line on a gateway home.
 * @throws Error with what it printed
 */
export async function knoxCli(home: string, ...args: readonly string[]): Promise<string> {
  const main = 'org.apache.knox.gateway.util.KnoxCLI';
  const { stdout, stderr } = await run('java', [
    ...['-Xmx128m', '-XX:TieredStopAtLevel=1', ...knoxFlags, `-DGATEWAY_HOME=${home}`],
    ...['-cp', `${home}conf:${jarsFolder}*`, main, ...args],
  ]);
  // It ends with 0 whatever happened.
  if (/ERROR|Exception|usage:/i.test(stdout + stderr)) throw new Error(`knoxcli ${args[0] ?? ''}: ${stdout}${stderr}`);
  return stdout;
}

/**
 * The JDK's keytool.
 * @throws Error with what it printed
 */
export async function keytool(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('keytool', [...args]);
  return stdout;
}
