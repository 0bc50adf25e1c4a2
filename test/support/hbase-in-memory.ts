import type { Store } from '../../backend/stores/contract/index.ts';
import { openHBaseStore } from '../../backend/stores/hbase/index.ts';
import { initTables, planTables } from '../../backend/stores/hbase/init.ts';
import type { HBaseRest } from '../../backend/stores/hbase/rest/contract.ts';
import { FakeHBase } from './fake-hbase.ts';

/** HBase in memory as `kirka store init` leaves it. */
export async function initialisedHBase(): Promise<FakeHBase> {
  const hbase = new FakeHBase();
  const rest = hbase.client();
  await initTables(rest, 'kirka', await planTables(rest, 'kirka', 'NONE'));
  return hbase;
}

/** A backend's store on it. */
export const openInMemory = (hbase: FakeHBase, rest: HBaseRest = hbase.client()): Promise<Store> =>
  openHBaseStore({
    rest,
    name: 'memory',
    tablePrefix: 'kirka',
    artifactRoot: 'mlflow-artifacts:',
    release: async () => undefined,
  });
