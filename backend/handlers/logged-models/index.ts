import type { Handlers } from '../../handler.ts';
import { searchLoggedModels } from './search.ts';

export const loggedModelHandlers = { 'loggedModels.search': searchLoggedModels } satisfies Partial<Handlers>;
