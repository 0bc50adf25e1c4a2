import { describeMutations } from './describe-mutations.ts';
import { configGuards } from './guards/config.ts';

describeMutations('the files that settings name', configGuards);
