import { startChild, waitUntilReady } from '../child.ts';
import type { Child } from '../child.ts';
import { requireFreePort } from '../free-port.ts';
import { javaArguments, javaEnvironment } from './java.ts';
import type { Program } from './java.ts';

/** One server of the cluster in a process of its own, which a test may stop, break and start again with its data. */
export interface Server {
  /** Such as `datanode-1`. */
  readonly name: string;
  /** The port that its clients use. */
  readonly port: number;
  /** Where it speaks HTTP: `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly logFile: string;
  /** Of its present process; undefined while it does not run. */
  readonly pid: () => Promise<number | undefined>;
  /** Starts it, and waits until it serves. */
  readonly start: () => Promise<void>;
  /** SIGTERM, and waits for its end. */
  readonly stop: () => Promise<void>;
  /** SIGKILL: a crash. */
  readonly kill: () => Promise<void>;
  /** SIGSTOP: it holds its connections, and answers nothing. */
  readonly pause: () => Promise<void>;
  /** SIGCONT. */
  readonly resume: () => Promise<void>;
  readonly waitUntilReady: () => Promise<void>;
}

/** How a server is started, and when it serves. */
export interface ServerSpec {
  readonly name: string;
  readonly port: number;
  /** All ports that it listens on, to be free before it starts. */
  readonly ports: readonly number[];
  readonly program: Program;
  readonly logFile: string;
  readonly ready: () => Promise<boolean>;
  /** What its first start needs, such as formatting. */
  readonly prepare?: () => Promise<void>;
  readonly progress: (line: string) => void;
}

/** Two cores that everybody uses make a server of 10 s one of minutes. */
const startTimeout = 400_000;

/** Turns a specification into a handle. */
export type MakeServer = (spec: ServerSpec) => Server;

/** A handle on a server that is our child, and that has not been started yet. */
export function ownServer(spec: ServerSpec): Server {
  const { name, port, ports, program, logFile, ready, progress } = spec;
  let child: Child | undefined;
  const running = (): Child | undefined => (child?.alive() === true ? child : undefined);
  const wait = async (): Promise<void> => {
    const process = running();
    if (!process) throw new Error(`${name} does not run`);
    await waitUntilReady(process, name, ready, { timeout: startTimeout, progress });
  };
  const signal = (which: NodeJS.Signals): Promise<void> => {
    const process = running();
    if (!process) return Promise.reject(new Error(`${name} does not run`));
    process.signal(which);
    return Promise.resolve();
  };
  return {
    name,
    port,
    url: `http://127.0.0.1:${String(port)}`,
    logFile,
    pid: () => Promise.resolve(running()?.pid),
    start: async () => {
      if (running()) throw new Error(`${name} runs already`);
      for (const each of ports) await requireFreePort(each, name);
      await spec.prepare?.();
      child = startChild('java', javaArguments(program), { logFile, cwd: program.conf, env: javaEnvironment(program) });
      await wait();
    },
    stop: async () => {
      // One that was paused would not see the SIGTERM.
      running()?.signal('SIGCONT');
      await running()?.stop();
    },
    kill: async () => {
      await running()?.kill();
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    waitUntilReady: wait,
  };
}
