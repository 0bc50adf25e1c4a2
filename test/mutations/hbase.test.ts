import { describeMutations } from './describe-mutations.ts';
import { hbaseGuards } from './guards/hbase.ts';

describeMutations('the store on HBase', hbaseGuards);
