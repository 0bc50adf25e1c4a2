import type { IncomingMessage } from 'node:http';
import { MlflowError } from '../errors.ts';
import { headerValues } from '../identity/header-values.ts';
import { pathOf } from './request-target.ts';

/** MLflow's client names by it the workspace that it means, where one is set. */
const header = 'X-MLFLOW-WORKSPACE';

/** Python strips a next-line character, too. */
const blank = /^[\s\u0085]*$/;

/**
 * Refuses what is meant for a workspace, as MLflow's server does where it has none: it would read, write or delete what
 * is outside of that workspace. Only what the server can do is told all the same. Of several such headers each counts.
 * @throws MlflowError FEATURE_DISABLED
 */
export function refuseWorkspace(request: Pick<IncomingMessage, 'url' | 'rawHeaders'>): void {
  if (headerValues(request, header).every((value) => blank.test(value))) return;
  if (/\/mlflow\/server-info\/*$/.test(pathOf(request.url))) return;
  throw new MlflowError(
    'FEATURE_DISABLED',
    'Workspace APIs are not available: workspaces are not enabled on this server',
  );
}
