import { initialisedHBase, openInMemory } from '../support/hbase-in-memory.ts';
import type { FakeHBase } from '../support/fake-hbase.ts';
import { describeStore } from './store/describe-store.ts';

let hbase: FakeHBase;

describeStore('HBase, in memory', {
  open: () => openInMemory(hbase),
  wipe: async () => {
    hbase = await initialisedHBase();
  },
});
