import type { Handler } from '../../handler.ts';
import { mlflowVersion } from '../../manifest/index.ts';

/** The MLflow release that is answered for: clients decide by it what they may send. */
export const version: Handler<'root.version'> = () =>
  Promise.resolve({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: mlflowVersion });
