import type { Difference } from './differences.ts';
import { serverInfo } from './explained-models.ts';
import { error, notHtml, notServed } from './our-answers.ts';

const blocked = error(
  403,
  'PERMISSION_DENIED',
  'PERMISSION_DENIED',
  'Cross-origin request blocked (see --cors-allowed-origins)',
);

const serverInfoPath = '/api/3.0/mlflow/server-info';

/** Differences of what a request's headers ask for. */
export const headersExplained: readonly Difference[] = [
  {
    group: 'workspace',
    sequence: 'what the server can do, and the workspace that every server has',
    reason: "There is no AI gateway here, which MLflow's pages would offer otherwise.",
    ours: { 0: serverInfo, 1: serverInfo },
  },
  {
    group: 'origins',
    sequence: 'writing',
    reason: 'A JSON error, as all are, which says what to set.',
    ours: { 1: blocked, 2: blocked },
  },
  {
    group: 'workspace',
    sequence: 'on what is not served, and on health',
    reason: notHtml,
    ours: {
      2: notServed(405, `'${serverInfoPath}' is not served for POST.`),
      3: notServed(404, `No API found for 'GET ${serverInfoPath}/'.`),
    },
  },
];
