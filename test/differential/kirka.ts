import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../backend/app.ts';
import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import { createContext } from '../../backend/context.ts';
import { handlers } from '../../backend/handlers/index.ts';
import { createAccessLog } from '../../backend/http/access-log.ts';
import { listen } from '../../backend/http/listen.ts';
import { openStores } from '../../backend/open-stores.ts';
import { createRunService } from '../../backend/services/runs.ts';
import type { Target } from '../wire/play.ts';

export interface Kirka extends Target {
  /** Has the runs created meanwhile get this id, where it is one: the other server drew it. */
  readonly withRunId: <T>(runId: string | undefined, create: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/**
 * A backend in this process on a new LMDB store and a new local folder. It gives a run the id that the other server gave
 * it: what an order by run id, and every tie, depends on is then the same on both.
 */
export async function startKirka(): Promise<Kirka> {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-differential-'));
  const config = buildConfig(readSettings({ port: '0', data: join(folder, 'data') }, {}));
  const logger = pino({ level: 'silent' });
  const stores = await openStores(config, logger);
  let next: string | undefined;
  const runs = createRunService(stores.store, {
    rules: config.rules,
    newRunId: () => next ?? randomBytes(16).toString('hex'), // where the other created none, that difference is shown
  });
  const context = { ...createContext(stores.store, stores.artifacts, config.rules), runs };
  const app = createApp(handlers, context, {
    identity: config.identity,
    limits: config,
    log: createAccessLog(logger),
  });
  const listener = await listen(app, config);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    url: listener.url,
    withRunId: (runId, create) => {
      const created = turn.then(() => {
        next = runId;
        return create();
      });
      turn = created.catch(() => undefined);
      return created;
    },
    close: async () => {
      await listener.close();
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
