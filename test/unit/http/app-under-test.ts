import { createApp } from '../../../backend/app.ts';
import { background } from '../../../backend/call-context.ts';
import type { Services } from '../../../backend/create-services.ts';
import type { BodyCall, Handlers, Reply, StreamCall } from '../../../backend/handler.ts';
import type { AccessLine } from '../../../backend/http/access-log.ts';
import type { EdgeOptions } from '../../../backend/http/edge.ts';
import { listen } from '../../../backend/http/listen.ts';
import { manifest } from '../../../backend/manifest/index.ts';

export interface AppUnderTest {
  readonly url: string;
  readonly port: number;
  /** What the access log was given, and `defects` that escaped the edge. */
  readonly lines: AccessLine[];
  readonly defects: unknown[];
  readonly close: () => Promise<void>;
}

type AnyHandler = (call: BodyCall & StreamCall) => Promise<Reply>;

export const text = (body: string): Reply => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body });

/** For handlers that ask no service. */
export const noServices = {} as unknown as Services;

/** The whole app on a free port, as a server listens, with handlers that echo their route id unless given. */
export async function startApp(
  given: Partial<Record<keyof Handlers, AnyHandler>> = {},
  options: Partial<EdgeOptions> = {},
): Promise<AppUnderTest> {
  const lines: AccessLine[] = [];
  const defects: unknown[] = [];
  const echo: AnyHandler = (call) => Promise.resolve(text(call.route.id));
  const handlers = Object.fromEntries(manifest.map(({ id }) => [id, given[id] ?? echo])) as unknown as Handlers;
  const limits = options.limits ?? { maxBodyBytes: 1000, maxHeldBytes: 10_000, bodyTimeout: 5000 };
  const app = createApp(handlers, noServices, {
    identity: { mode: 'open' },
    limits,
    browsers: { allowedHosts: undefined, corsAllowedOrigins: [] },
    log: Object.assign((line: AccessLine) => void lines.push(line), {
      defect: (error: unknown) => void defects.push(error),
      of: () => background.log,
    }),
    ...options,
  });
  const listening = { host: '127.0.0.1', port: 0, tls: undefined, idleTimeout: 30_000, shutdownTimeout: 0 };
  const { url, close } = await listen(app, { ...listening, bodyTimeout: limits.bodyTimeout });
  return { url, port: Number(new URL(url).port), lines, defects, close };
}

/** Waits until something is so, for a second at most. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never came true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
