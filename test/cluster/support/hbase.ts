import { randomBytes } from 'node:crypto';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { connectHBase } from '../../../backend/stores/hbase/connect.ts';
import type { HBaseConnection } from '../../../backend/stores/hbase/connect.ts';
import { openHBaseStore } from '../../../backend/stores/hbase/index.ts';
import { initTables, planTables } from '../../../backend/stores/hbase/init.ts';
import type { HBaseRest } from '../../../backend/stores/hbase/rest/contract.ts';
import { namespacedHBase } from '../../support/namespaced-hbase.ts';

/** The tables that the suites share; each case has its own keys in them. */
export const tablePrefix = 'kirkatest';

/** A connection of its own to the cluster's REST servers, as a backend has. */
export const connect = (addresses: readonly string[], timeout = 25_000): HBaseConnection =>
  connectHBase({ addresses, ca: undefined, credentials: undefined, timeout, sockets: 32 });

/** Keys that nobody has used, in tables that are there, laid out as `kirka store init` does. */
export async function emptyNamespace(rest: HBaseRest): Promise<string> {
  const namespace = `${randomBytes(6).toString('hex')}.`;
  const inside = namespacedHBase(rest, namespace);
  await initTables(inside, tablePrefix, await planTables(inside, tablePrefix, 'NONE'));
  return namespace;
}

/** A backend's store, over a connection of its own, on those keys. */
export function openNamespace(addresses: readonly string[], namespace: string): Promise<Store> {
  const { rest, name, release } = connect(addresses);
  const artifactRoot = 'mlflow-artifacts:';
  return openHBaseStore({
    rest: namespacedHBase(rest, namespace),
    name,
    tablePrefix,
    artifactRoot,
    release,
  });
}
