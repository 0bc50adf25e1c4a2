import { artifactHandlers } from './artifacts/index.ts';
import { exactly } from './exactly.ts';
import { experimentHandlers } from './experiments/index.ts';
import { loggedModelHandlers } from './logged-models/index.ts';
import { metricHandlers } from './metrics/index.ts';
import { modelVersionHandlers } from './model-versions/index.ts';
import { registeredModelHandlers } from './registered-models/index.ts';
import { rootHandlers } from './root/index.ts';
import { runHandlers } from './runs/index.ts';
import { searchHandlers } from './search/index.ts';
import { serverInfoHandlers } from './server-info/index.ts';

/** What serves each route of the manifest: a missing handler does not compile, nor does one too many. */
export const handlers = exactly({
  ...experimentHandlers,
  ...runHandlers,
  ...searchHandlers,
  ...metricHandlers,
  ...artifactHandlers,
  ...loggedModelHandlers,
  ...registeredModelHandlers,
  ...modelVersionHandlers,
  ...serverInfoHandlers,
  ...rootHandlers,
});
