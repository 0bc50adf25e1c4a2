import { readFileSync } from 'node:fs';
import { basic } from '../../backend/remote/index.ts';
import { describeHBaseRest } from './describe-hbase-rest.ts';
import { cluster, gateway } from './support/hooks.ts';

describeHBaseRest('of two servers', () => ({ addresses: cluster().rest }));

describeHBaseRest("through Knox's WEBHBASE", () => {
  const { hbase, caFile } = gateway();
  return { addresses: [hbase], authenticator: basic('kirka', 'kirka-password'), ca: readFileSync(caFile, 'utf8') };
});
