import type { Handlers } from '../../handler.ts';
import { health } from './health.ts';
import { page } from './page.ts';
import { ready } from './ready.ts';
import { version } from './version.ts';

export const rootHandlers = {
  'root.page': page,
  'root.health': health,
  'root.ready': ready,
  'root.version': version,
} satisfies Pick<Handlers, 'root.page' | 'root.health' | 'root.ready' | 'root.version'>;
