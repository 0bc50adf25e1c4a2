import { describeStore } from '../contract/store/describe-store.ts';
import { restAddresses } from './support/addresses.ts';
import { connect, emptyNamespace, openNamespace } from './support/hbase.ts';
import type { HBaseConnection } from '../../backend/stores/hbase/connect.ts';

describe('HBase, on real servers', function () {
  this.timeout(120_000);
  let connection: HBaseConnection;
  let namespace: string;

  before(() => {
    connection = connect(restAddresses());
  });
  after(() => connection.release());

  describeStore('HBase', {
    open: () => openNamespace(restAddresses(), namespace),
    wipe: async () => {
      namespace = await emptyNamespace(connection.rest);
    },
  });
});
