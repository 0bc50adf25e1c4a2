import { throughKnox } from '../knox/support/differences.ts';
import { describeRecorded } from '../wire/replay.ts';
import { startBehindKnox } from './support/behind-knox.ts';

describeRecorded('Kirka on HBase and HDFS, behind Knox,', {
  fulfils: ['empty-store'],
  differences: throughKnox,
  open: startBehindKnox,
});
