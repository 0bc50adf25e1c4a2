import type { Handler } from '../../handler.ts';

/** Says that the process answers, to anyone, and nothing more. */
export const health: Handler<'root.health'> = () =>
  Promise.resolve({ status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'OK' });
