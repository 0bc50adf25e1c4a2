import type { Handlers } from '../handler.ts';
import { artifactHandlers } from './artifacts/index.ts';
import { experimentHandlers } from './experiments/index.ts';
import { metricHandlers } from './metrics/index.ts';
import { rootHandlers } from './root/index.ts';
import { runHandlers } from './runs/index.ts';
import { searchHandlers } from './search/index.ts';

/** What serves each route of the manifest: a missing handler does not compile, nor does one too many. */
export const handlers = {
  ...experimentHandlers,
  ...runHandlers,
  ...searchHandlers,
  ...metricHandlers,
  ...artifactHandlers,
  ...rootHandlers,
} satisfies Handlers;
