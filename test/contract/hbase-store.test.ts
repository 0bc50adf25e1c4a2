import { openHBaseStore } from '../../backend/stores/hbase/index.ts';
import { initTables, planTables } from '../../backend/stores/hbase/init.ts';
import { FakeHBase } from '../support/fake-hbase.ts';
import { describeStore } from './store/describe-store.ts';

let hbase = new FakeHBase();

describeStore('HBase, in memory', {
  open: () =>
    openHBaseStore({
      rest: hbase.client(),
      name: 'memory',
      tablePrefix: 'kirka',
      artifactRoot: 'mlflow-artifacts:',
      release: async () => undefined,
    }),
  wipe: async () => {
    hbase = new FakeHBase();
    await initTables(hbase.client(), 'kirka', await planTables(hbase.client(), 'kirka', 'NONE'));
  },
});
