import type { Remote } from '../../../remote/index.ts';
import type { HBaseRest } from './contract.ts';
import { RestClient } from './rest-client.ts';

export type * from './contract.ts';

/** HBase REST over a remote that the caller opens (`spread: true`: the servers are alike) and closes. */
export function hbaseRest(remote: Remote): HBaseRest {
  return new RestClient(remote);
}
