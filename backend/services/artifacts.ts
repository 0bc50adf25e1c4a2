import { Readable } from 'node:stream';
import type { ArtifactEntry, ArtifactStore, OpenArtifact } from '../artifacts/contract.ts';
import { ArtifactError } from '../artifacts/contract.ts';
import { decodeArtifactPath, parseArtifactPath, requireShort, segmentsOf } from '../artifacts/path.ts';
import { joinPath, proxiedRoot } from '../artifacts/uri.ts';
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
  listOfRun(runId: string, path: string | undefined): Promise<ArtifactList>;

  /** @throws MlflowError as `listOfRun`; RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE (a folder) for the file */
  openOfRun(runId: string, path: string): Promise<NamedArtifact>;

  /**
   * A file below a location, such as the one of a model's version: of the proxy, or of a run (`runs:/id/path`).
   * @throws MlflowError as `openOfRun`
   */
  openIn(location: string, path: string): Promise<NamedArtifact>;

  /** @throws MlflowError as `listOfRun`, and as `save` */
  saveOfRun(runId: string, path: string, content: Buffer): Promise<void>;

  /** As `listOfRun`, of a logged model that is not deleted. */
  listOfModel(modelId: string, path: string | undefined): Promise<ArtifactList>;

  /** As `openOfRun`, of a logged model that is not deleted. */
  openOfModel(modelId: string, path: string): Promise<NamedArtifact>;

  /** The URI that the run's artifacts are kept at. @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  rootUriOfRun(runId: string): Promise<string>;

  /** As `rootUriOfRun`, of a logged model that is not deleted. */
  rootUriOfModel(modelId: string): Promise<string>;

  /** The entries of a folder, under their names alone; none for a file or for nothing. */
  list(path: string): Promise<readonly ListedArtifact[]>;

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST; ProxyRefusal for a folder */
  open(path: string): Promise<NamedArtifact>;

  /**
   * @throws ProxyRefusal for a path that ends with `/`; MlflowError INVALID_PARAMETER_VALUE; ArtifactError 'bad-path' for
   *   one that is too long to be made; what the source ends with
   */
  save(path: string, source: Readable, signal: AbortSignal): Promise<void>;

  /** Removes a file or a folder with all below it. That nothing is there is fine. */
  remove(path: string): Promise<void>;

  /** @throws ArtifactError for a path that is not safe */
  checkPath(path: string): void;

  /** This service for what a user asks, which may then be refused with ArtifactError 'forbidden'. */
  as(user: string | undefined): ArtifactService;
}

/** Of the store, where runs and logged models say that their artifacts are. */
export interface RootLookup {
  readonly runs: Pick<Store['runs'], 'get'>;
  readonly loggedModels: Pick<Store['loggedModels'], 'get'>;
}

export function createArtifactService(store: RootLookup, artifacts: ArtifactStore): ArtifactService {
  async function rootUriOfRun(runId: string): Promise<string> {
    const run = await store.runs.get(runId, {});
    if (run === undefined) throw noSuchRun(runId);
    return run.info.artifactUri;
  }

  async function rootUriOfModel(modelId: string): Promise<string> {
    const model = await store.loggedModels.get(modelId, []);
    if (model === undefined || model.info.stage === 'deleted') throw noSuchLoggedModel(modelId);
    return model.info.artifactUri;
  }

  async function listBelow(lookUp: () => Promise<string>, path: string | undefined): Promise<ArtifactList> {
    const folder = decodeArtifactPath(path ?? '');
    const rootUri = await lookUp();
    return { rootUri, files: await entriesOf(joinPath(rootIn(rootUri), folder), folder) };
  }

  async function openBelow(lookUp: () => Promise<string>, path: string): Promise<NamedArtifact> {
    const below = decodeArtifactPath(path);
    return openFile(joinPath(rootIn(await lookUp()), below), invalidParameter);
  }

  async function entriesOf(path: string, folder: string): Promise<readonly ListedArtifact[]> {
    const entries = await artifacts.list(parseArtifactPath(path));
    return entries.map(({ name, isDirectory, size }) => ({ path: joinPath(folder, name), isDirectory, size }));
  }

  async function openFile(written: string, refuseFolder: (message: string) => MlflowError): Promise<NamedArtifact> {
    const path = parseArtifactPath(written);
    try {
      return { name: segmentsOf(path).at(-1) ?? '', file: await artifacts.open(path) };
    } catch (error) {
      const text = decodeArtifactPath(written);
      if (isProblem(error, 'not-found')) throw doesNotExist(`No such artifact: '${text}'`);
      if (isProblem(error, 'is-directory')) throw refuseFolder(notAFile(text));
      throw error;
    }
  }

  async function save(path: string, source: Readable, signal?: AbortSignal): Promise<void> {
    const text = decodeArtifactPath(path);
    const target = parseArtifactPath(path);
    requireShort(target);
    try {
      await artifacts.write(target, source, signal);
    } catch (error) {
      if (isProblem(error, 'is-directory')) throw invalidParameter(notAFile(text));
      if (isProblem(error, 'not-a-directory')) {
        throw invalidParameter(`Artifact path leads through a file: '${text}'`);
      }
      throw error;
    }
  }

  const service: ArtifactService = {
    rootUriOfRun,
    rootUriOfModel,
    listOfRun: (runId, path) => listBelow(() => rootUriOfRun(runId), path),
    openOfRun: (runId, path) => openBelow(() => rootUriOfRun(runId), path),
    listOfModel: (modelId, path) => listBelow(() => rootUriOfModel(modelId), path),
    openOfModel: async (modelId, path) => {
      // Checked by itself, and read behind the root only: here a blank in front belongs to the name.
      decodeArtifactPath(path);
      return openFile(joinPath(rootIn(await rootUriOfModel(modelId)), path), invalidParameter);
    },

    saveOfRun: async (runId, path, content) => {
      const below = decodeArtifactPath(path);
      const root = rootIn(await rootUriOfRun(runId));
      if (namesFolder(below)) throw invalidParameter(notAFile(below));
      await save(joinPath(root, below), Readable.from([content]));
    },

    openIn: async (location, path) => {
      const below = decodeArtifactPath(path);
      const [, runId, inRun = ''] = /^runs:\/+([^/]+)\/?(.*)$/is.exec(location) ?? [];
      const root = runId === undefined ? location : joinPath(await rootUriOfRun(runId), inRun);
      return openFile(joinPath(rootIn(root), below), invalidParameter);
    },

    list: (path) => entriesOf(path, ''),

    open: (path) => openFile(path, (message) => new ProxyRefusal('INVALID_PARAMETER_VALUE', message)),

    save: async (path, source, signal) => {
      if (namesFolder(decodeArtifactPath(path))) {
        throw new ProxyRefusal(
          'INVALID_PARAMETER_VALUE',
          "Artifact path must include a filename (cannot end with '/').",
        );
      }
      await save(path, source, signal);
    },

    remove: async (path) => {
      try {
        await artifacts.remove(parseArtifactPath(path));
      } catch (error) {
        if (!isProblem(error, 'not-found')) throw error;
      }
    },

    checkPath: (path) => {
      decodeArtifactPath(path);
    },

    as: (user) => {
      const theirs = artifacts.as(user);
      return theirs === artifacts ? service : createArtifactService(store, theirs);
    },
  };
  return service;
}

/** Whether nothing but a folder can be meant: `a/`, `a/.`, and the root. A file would take the folder's place. */
const namesFolder = (path: string): boolean => /(?:^|\/)\.?$/.test(path);

const notAFile = (path: string): string => `Artifact path refers to a directory, not a file: '${path}'`;

const isProblem = (error: unknown, problem: ArtifactError['problem']): boolean =>
  error instanceof ArtifactError && error.problem === problem;

/** A run's or a model's place below the artifact root. A location elsewhere is kept for the client, never opened. */
function rootIn(artifactUri: string): string {
  const root = proxiedRoot(artifactUri);
  if (root !== undefined) return root;
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(artifactUri)?.[0] ?? 'path';
  throw invalidParameter(
    `These artifacts are kept outside this server, at a location of the kind '${scheme}'. The server opens ` +
      "only 'mlflow-artifacts:' locations: read them with a client that reaches the location itself.",
  );
}
