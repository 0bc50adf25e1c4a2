import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { jarsFolder } from './paths.ts';

const run = promisify(execFile);

const packages = [
  ...['java.lang', 'java.lang.reflect', 'java.io', 'java.net', 'java.nio', 'java.util', 'java.util.concurrent'],
  ...['sun.nio.ch', 'sun.security.util', 'sun.util.calendar'],
];

/** What HDFS and HBase need on Java 17: they look into the JDK's own classes. */
const flags: readonly string[] = [
  '-XX:+UseSerialGC',
  '-Djava.net.preferIPv4Stack=true',
  ...packages.flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
  ...['jdk.internal.misc', 'sun.net.dns', 'sun.net.util'].flatMap((name) => [
    '--add-exports',
    `java.base/${name}=ALL-UNNAMED`,
  ]),
];

/** A Java program of the jars. */
export interface Program {
  /** The class with its main method. */
  readonly main: string;
  readonly args: readonly string[];
  /** Its configuration folder. */
  readonly conf: string;
  /** Megabytes of heap. */
  readonly heap: number;
  /** Whether it lives long enough to be worth C2; without, it starts faster. */
  readonly optimised?: boolean;
  /** Who it is to the cluster. */
  readonly user: string;
  /** More of the JVM's flags. */
  readonly flags?: readonly string[];
}

/** The arguments of `java`. */
export const javaArguments = ({ main, args, conf, heap, optimised = false, flags: own = [] }: Program): string[] => [
  `-Xmx${String(heap)}m`,
  ...(optimised ? [] : ['-XX:TieredStopAtLevel=1']),
  ...flags,
  ...own,
  ...['-cp', `${conf}:${jarsFolder}*`, main, ...args],
];

/** Without Kerberos this is how a process says who it is. */
export const javaEnvironment = ({ user }: Program): Record<string, string> => ({ HADOOP_USER_NAME: user });

/**
 * Runs a program to its end.
 * @returns what it printed
 * @throws Error with what it printed
 */
export async function runJava(program: Program): Promise<string> {
  const env = { ...process.env, ...javaEnvironment(program) };
  try {
    const { stdout } = await run('java', javaArguments(program), { env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program.main} ${program.args.join(' ')}:\n${stdout}${stderr}`.slice(-4000), { cause: error });
  }
}
