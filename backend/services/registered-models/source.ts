import { brief } from '../../brief.ts';
import type { MlflowError } from '../../errors.ts';
import { invalidParameter } from '../../errors.ts';
import { splitUri } from '../validation/uri.ts';
import { parseModelUri } from './model-uri.ts';
import { isBelow, isLocal, isPlainLocation, isProxied, isWithin, localPath } from './source-uri.ts';

/** What a version says that it is made of: a run, or a logged model. */
export interface Origin {
  readonly parameter: 'run_id' | 'model_id';
  /** '' where the client named none. */
  readonly id: string;
  /** Where the artifacts of the run or model lie; undefined where there is none of this id. */
  readonly root: () => Promise<string | undefined>;
}

/**
 * Checks that the source of a version is one that its maker may give: a place of another store, or one of its own run
 * or logged model, and never a path that the server could be made to read.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export async function checkSource(source: string, origin: Origin): Promise<void> {
  if (isLocal(source)) return checkLocal(source, origin);
  if (!isPlainLocation(source)) {
    throw invalid(
      source,
      'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute ' +
        'path must be provided without relative path references present. Please provide an absolute path.',
    );
  }
  const { scheme, authority, path } = splitUri(source);
  if (scheme === 'runs') {
    const isOwn = origin.parameter === 'run_id' && authority === '' && path.split('/')[1] === origin.id;
    if (!isOwn || origin.id === '') throw notOf(source, origin.parameter);
  } else if (scheme === 'models') {
    const uri = authority === '' ? parseModelUri(source) : undefined;
    const isOwn = uri !== undefined && (!('modelId' in uri) || isOwnModel(uri.modelId, origin));
    if (!isOwn) throw notOf(source, 'model_id');
  } else if (isProxied(source)) {
    const root = origin.id === '' ? undefined : await origin.root();
    if (root === undefined || !isWithin(source, root)) throw notOf(source, origin.parameter);
  }
}

const isOwnModel = (modelId: string, { parameter, id }: Origin): boolean => parameter === 'model_id' && modelId === id;

async function checkLocal(source: string, { parameter, id, root }: Origin): Promise<void> {
  let shown = source;
  if (id !== '') {
    const location = await root();
    if (location === undefined) throw notOf(source, parameter);
    shown = localPath(source);
    if (isLocal(location) && shown.startsWith('/') && isBelow(shown, localPath(location))) return;
  }
  const of = parameter === 'run_id' ? 'run' : 'model';
  const where = `within the artifact directory of the run specified by the ${parameter}.`;
  throw invalid(
    shown,
    brief`To use a local path as a model version source, the ${of}_id request parameter has to be specified and the local ` +
      brief`path has to be contained ${where}`,
  );
}

export const invalid = (source: string, reason: string): MlflowError =>
  invalidParameter(brief`Invalid model version source: '${source}'. ${reason}`);

export const notOf = (source: string, parameter: Origin['parameter']): MlflowError =>
  invalid(source, brief`The ${parameter} request parameter must identify the resource that contains the source.`);
