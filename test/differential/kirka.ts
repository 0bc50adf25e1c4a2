import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../backend/app.ts';
import { buildConfig } from '../../backend/config/config.ts';
import type { HBaseConfig } from '../../backend/config/hbase-config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import { createServices } from '../../backend/create-services.ts';
import { handlers } from '../../backend/handlers/index.ts';
import { createAccessLog } from '../../backend/http/access-log.ts';
import { listen } from '../../backend/http/listen.ts';
import { openStores } from '../../backend/open-stores.ts';
import { createLoggedModelService } from '../../backend/services/logged-models.ts';
import { createRunService } from '../../backend/services/runs.ts';
import { connectHBase } from '../../backend/stores/hbase/connect.ts';
import { initTables, planTables } from '../../backend/stores/hbase/init.ts';
import type { Target } from '../wire/play.ts';

export interface Kirka extends Target {
  /** Has the run or logged model created meanwhile get this id, where it is one: the other server drew it. */
  readonly withId: <T>(id: string | undefined, create: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/**
 * A backend in this process on a new LMDB store, or new tables in the HBase behind those REST servers, and a new local
 * folder. It gives a run and a logged model the id that the other server gave it: what an order or a filter by id, and
 * every tie, depends on is then the same on both.
 */
export async function startKirka(hbase?: string): Promise<Kirka> {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-differential-'));
  const tables =
    hbase === undefined ? {} : { hbase, hbaseTablePrefix: `differential${randomBytes(4).toString('hex')}` };
  const config = buildConfig(readSettings({ port: '0', data: join(folder, 'data'), ...tables }, {}));
  if (config.hbase) await makeTables(config.hbase);
  const logger = pino({ level: 'silent' });
  const stores = await openStores(config, logger);
  let next: string | undefined;
  // Where the other created none, that difference is shown.
  const newId = (): string => next ?? `x${randomBytes(16).toString('hex')}`;
  const services = {
    ...createServices(stores.store, stores.artifacts, config.rules),
    runs: createRunService(stores.store, { rules: config.rules, newRunId: newId }),
    loggedModels: createLoggedModelService(stores.store, { newModelId: newId }),
  };
  const app = createApp(handlers, services, {
    identity: config.identity,
    limits: config,
    browsers: config.browsers,
    log: createAccessLog(logger),
  });
  const listener = await listen(app, config);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    url: listener.url,
    withId: (id, create) => {
      const created = turn.then(() => {
        next = id;
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

/** As `kirka store init`, uncompressed. */
async function makeTables({ tablePrefix, ...address }: HBaseConfig): Promise<void> {
  const { rest, release } = connectHBase(address);
  try {
    await initTables(rest, tablePrefix, await planTables(rest, tablePrefix, 'NONE'));
  } finally {
    await release();
  }
}
