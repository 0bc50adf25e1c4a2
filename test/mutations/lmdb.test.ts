import { describeMutations } from './describe-mutations.ts';
import { lmdbGuards } from './guards/lmdb.ts';

describeMutations('the store on LMDB', lmdbGuards);
