import { describeHBaseRest } from './describe-hbase-rest.ts';
import { cluster } from './support/hooks.ts';

describeHBaseRest('of two servers', () => ({ addresses: cluster().rest }));
