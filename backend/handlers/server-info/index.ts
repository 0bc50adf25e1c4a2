import type { Handlers } from '../../handler.ts';
import { serverInfo } from './get.ts';

export const serverInfoHandlers = { 'serverInfo.get': serverInfo } satisfies Partial<Handlers>;
