import type { Handler } from '../../handler.ts';

/** Says whether requests had better come here, to anyone, and nothing more. */
export const ready: Handler<'root.ready'> = (_call, { readiness }) => {
  const [status, body] = readiness.isReady() ? ([200, 'OK'] as const) : ([503, 'NOT READY'] as const);
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return Promise.resolve({ status, headers, body });
};
