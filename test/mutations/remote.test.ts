import { describeMutations } from './describe-mutations.ts';
import { remoteGuards } from './guards/remote.ts';

describeMutations('the transport to servers', remoteGuards);
