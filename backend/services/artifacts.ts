import { Readable } from 'node:stream';
import type { CallContext } from '../call-context.ts';
import type { ArtifactEntry, ArtifactStore, OpenArtifact } from '../artifacts/contract.ts';
import { ArtifactError } from '../artifacts/contract.ts';
import { decodeArtifactPath, parseArtifactPath, requireShort, segmentsOf } from '../artifacts/path.ts';
import { joinPath, proxiedRoot } from '../artifacts/uri.ts';
import { brief } from '../brief.ts';
import { MlflowError, doesNotExist, invalidParameter } from '../errors.ts';
import { noSuchLoggedModel } from './logged-models.ts';
import { noSuchRun } from './runs.ts';
import type { Store } from '../stores/contract/index.ts';

/** An entry of a list, under the path that its client asks for it by. */
export interface ListedArtifact extends Pick<ArtifactEntry, 'isDirectory' | 'size'> {
  readonly path: string;
}

/** The entries of a folder, and the URI of the root that it is in. */
export interface ArtifactList {
  readonly rootUri: string;
  readonly files: readonly ListedArtifact[];
}

/** A file to send: its own name, and its content. */
export interface NamedArtifact {
  readonly name: string;
  readonly file: OpenArtifact;
}

/** What MLflow's server refuses at the door of its proxy, in another form than its other errors. */
export class ProxyRefusal extends MlflowError {
  override readonly name = 'ProxyRefusal';
}

/**
 * Artifacts by run, and those of MLflow's proxy, whose paths start at the artifact root. Paths are as clients write
 * them; all operations throw INVALID_PARAMETER_VALUE, `Invalid path`, for one that is not safe.
 */
export interface ArtifactService {
  /**
   * The entries of a folder of a run, under their paths below the run's root; none for a file or for nothing.
   * @throws MlflowError RESOURCE_DOES_NOT_EXIST for the run; INVALID_PARAMETER_VALUE for artifacts kept elsewhere
   */
  listOfRun(context: CallContext, runId: string, path: string | undefined): Promise<ArtifactList>;

  /** @throws MlflowError as `listOfRun`; RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE (a folder) for the file */
  openOfRun(context: CallContext, runId: string, path: string): Promise<NamedArtifact>;

  /**
   * A file below a location, such as the one of a model's version: of the proxy, or of a run (`runs:/id/path`).
   * @throws MlflowError as `openOfRun`
   */
  openIn(context: CallContext, location: string, path: string): Promise<NamedArtifact>;

  /** @throws MlflowError as `listOfRun`, and as `save` */
  saveOfRun(context: CallContext, runId: string, path: string, content: Buffer): Promise<void>;

  /** As `listOfRun`, of a logged model that is not deleted. */
  listOfModel(context: CallContext, modelId: string, path: string | undefined): Promise<ArtifactList>;

  /** As `openOfRun`, of a logged model that is not deleted. */
  openOfModel(context: CallContext, modelId: string, path: string): Promise<NamedArtifact>;

  /** The URI that the run's artifacts are kept at. @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  rootUriOfRun(context: CallContext, runId: string): Promise<string>;

  /** As `rootUriOfRun`, of a logged model that is not deleted. */
  rootUriOfModel(context: CallContext, modelId: string): Promise<string>;

  /** The entries of a folder, under their names alone; none for a file or for nothing. */
  list(context: CallContext, path: string): Promise<readonly ListedArtifact[]>;

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST; ProxyRefusal for a folder */
  open(context: CallContext, path: string): Promise<NamedArtifact>;

  /**
   * @throws ProxyRefusal for a path that ends with `/`; MlflowError INVALID_PARAMETER_VALUE; ArtifactError 'bad-path' for
   *   one that is too long to be made; what the source ends with
   */
  save(context: CallContext, path: string, source: Readable): Promise<void>;

  /** Removes a file or a folder with all below it. That nothing is there is fine. */
  remove(context: CallContext, path: string): Promise<void>;

  /** @throws ArtifactError for a path that is not safe */
  checkPath(path: string): void;
}

/** Of the store, where runs and logged models say that their artifacts are. */
export interface RootLookup {
  readonly runs: Pick<Store['runs'], 'get'>;
  readonly loggedModels: Pick<Store['loggedModels'], 'get'>;
}

export function createArtifactService(store: RootLookup, artifacts: ArtifactStore): ArtifactService {
  async function rootUriOfRun(context: CallContext, runId: string): Promise<string> {
    const run = await store.runs.get(context, runId, {});
    if (run === undefined) throw noSuchRun(runId);
    return run.info.artifactUri;
  }

  async function rootUriOfModel(context: CallContext, modelId: string): Promise<string> {
    const model = await store.loggedModels.get(context, modelId, []);
    if (model === undefined || model.info.stage === 'deleted') throw noSuchLoggedModel(modelId);
    return model.info.artifactUri;
  }

  async function listBelow(
    context: CallContext,
    lookUp: () => Promise<string>,
    path: string | undefined,
  ): Promise<ArtifactList> {
    const folder = decodeArtifactPath(path ?? '');
    const rootUri = await lookUp();
    return { rootUri, files: await entriesOf(context, joinPath(rootIn(rootUri), folder), folder) };
  }

  async function openBelow(context: CallContext, lookUp: () => Promise<string>, path: string): Promise<NamedArtifact> {
    const below = decodeArtifactPath(path);
    return openFile(context, joinPath(rootIn(await lookUp()), below), invalidParameter);
  }

  async function entriesOf(context: CallContext, path: string, folder: string): Promise<readonly ListedArtifact[]> {
    const entries = await artifacts.list(context, parseArtifactPath(path));
    return entries.map(({ name, isDirectory, size }) => ({ path: joinPath(folder, name), isDirectory, size }));
  }

  async function openFile(
    context: CallContext,
    written: string,
    refuseFolder: (message: string) => MlflowError,
  ): Promise<NamedArtifact> {
    const path = parseArtifactPath(written);
    try {
      return { name: segmentsOf(path).at(-1) ?? '', file: await artifacts.open(context, path) };
    } catch (error) {
      const text = decodeArtifactPath(written);
      if (isProblem(error, 'not-found')) throw doesNotExist(brief`No such artifact: '${text}'`);
      if (isProblem(error, 'is-directory')) throw refuseFolder(notAFile(text));
      throw error;
    }
  }

  async function save(context: CallContext, path: string, source: Readable): Promise<void> {
    const text = decodeArtifactPath(path);
    const target = parseArtifactPath(path);
    requireShort(target);
    try {
      await artifacts.write(context, target, source);
    } catch (error) {
      if (isProblem(error, 'is-directory')) throw invalidParameter(notAFile(text));
      if (isProblem(error, 'not-a-directory')) {
        throw invalidParameter(brief`Artifact path leads through a file: '${text}'`);
      }
      throw error;
    }
  }

  return {
    rootUriOfRun,
    rootUriOfModel,
    listOfRun: (context, runId, path) => listBelow(context, () => rootUriOfRun(context, runId), path),
    openOfRun: (context, runId, path) => openBelow(context, () => rootUriOfRun(context, runId), path),
    listOfModel: (context, modelId, path) => listBelow(context, () => rootUriOfModel(context, modelId), path),
    openOfModel: async (context, modelId, path) => {
      // Checked by itself, and read behind the root only: here a blank in front belongs to the name.
      decodeArtifactPath(path);
      return openFile(context, joinPath(rootIn(await rootUriOfModel(context, modelId)), path), invalidParameter);
    },

    saveOfRun: async (context, runId, path, content) => {
      const below = decodeArtifactPath(path);
      const root = rootIn(await rootUriOfRun(context, runId));
      if (namesFolder(below)) throw invalidParameter(notAFile(below));
      await save(context, joinPath(root, below), Readable.from([content]));
    },

    openIn: async (context, location, path) => {
      const below = decodeArtifactPath(path);
      const [, runId, inRun = ''] = /^runs:\/+([^/]+)\/?(.*)$/is.exec(location) ?? [];
      const root = runId === undefined ? location : joinPath(await rootUriOfRun(context, runId), inRun);
      return openFile(context, joinPath(rootIn(root), below), invalidParameter);
    },

    list: (context, path) => entriesOf(context, path, ''),

    open: (context, path) => openFile(context, path, (message) => new ProxyRefusal('INVALID_PARAMETER_VALUE', message)),

    save: async (context, path, source) => {
      if (namesFolder(decodeArtifactPath(path))) {
        throw new ProxyRefusal(
          'INVALID_PARAMETER_VALUE',
          "Artifact path must include a filename (cannot end with '/').",
        );
      }
      await save(context, path, source);
    },

    remove: async (context, path) => {
      try {
        await artifacts.remove(context, parseArtifactPath(path));
      } catch (error) {
        if (!isProblem(error, 'not-found')) throw error;
      }
    },

    checkPath: (path) => {
      decodeArtifactPath(path);
    },
  };
}

/** Whether nothing but a folder can be meant: `a/`, `a/.`, and the root. A file would take the folder's place. */
const namesFolder = (path: string): boolean => /(?:^|\/)\.?$/.test(path);

const notAFile = (path: string): string => brief`Artifact path refers to a directory, not a file: '${path}'`;

const isProblem = (error: unknown, problem: ArtifactError['problem']): boolean =>
  error instanceof ArtifactError && error.problem === problem;

/** A run's or a model's place below the artifact root. A location elsewhere is kept for the client, never opened. */
function rootIn(artifactUri: string): string {
  const root = proxiedRoot(artifactUri);
  if (root !== undefined) return root;
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(artifactUri)?.[0] ?? 'path';
  throw invalidParameter(
    brief`These artifacts are kept outside this server, at a location of the kind '${scheme}'. The server opens ` +
      "only 'mlflow-artifacts:' locations: read them with a client that reaches the location itself.",
  );
}
