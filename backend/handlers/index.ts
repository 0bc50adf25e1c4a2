import { MlflowError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { manifest } from '../manifest/index.ts';
import { artifactHandlers } from './artifacts/index.ts';
import { experimentHandlers } from './experiments/index.ts';
import { metricHandlers } from './metrics/index.ts';
import { rootHandlers } from './root/index.ts';
import { runHandlers } from './runs/index.ts';

const notYet = (): never => {
  throw new MlflowError('ENDPOINT_NOT_FOUND', 'No API found.');
};

/** What serves each route. */
export const handlers = {
  ...Object.fromEntries(manifest.map(({ id }) => [id, notYet])),
  ...experimentHandlers,
  ...runHandlers,
  ...metricHandlers,
  ...artifactHandlers,
  ...rootHandlers,
} as unknown as Handlers;
