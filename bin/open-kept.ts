import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../backend/config/config-error.ts';
import { storesConfigOf } from '../backend/config/config.ts';
import { readSettings } from '../backend/config/read-settings.ts';
import type { Typed } from '../backend/config/read-settings.ts';
import { createLogger } from '../backend/log.ts';
import { openStores } from '../backend/open-stores.ts';
import type { Stores } from '../backend/open-stores.ts';
import { useKeytab } from './use-keytab.ts';

/**
 * Opens what a backend keeps. Beside a running one, too: each kind of store takes several processes.
 * @param mustExist refuses an embedded store that is not there, instead of making it: the folder is mistyped
 */
export async function openKept(flags: Typed, environment: Typed, mustExist: boolean): Promise<Stores> {
  const config = storesConfigOf(readSettings(flags, environment));
  if (mustExist && config.hbase === undefined && !isThere(join(config.dataFolder, 'store', 'data.mdb'))) {
    throw new ConfigError(
      `there is no store in ${config.dataFolder}: set --data (KIRKA_DATA), or --hbase (KIRKA_HBASE).`,
    );
  }
  useKeytab(config.kerberos, process.env);
  return openStores(config, createLogger('warn'));
}

/** @throws the system's error where that cannot be seen */
const isThere = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;
