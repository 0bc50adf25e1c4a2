import type { Readable } from 'node:stream';
import type { Dataset } from '../../entities/dataset.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { LoggedModel } from '../../entities/logged-model.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { ModelStage, ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import type { Run } from '../../entities/run.ts';

/** An experiment as a tracking server tells it. */
export interface SourceExperiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly stage: LifecycleStage;
  /** ms since 1970. */
  readonly creationTime: number;
  /** ms since 1970. */
  readonly lastUpdateTime: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** A run with its links; the stage is what a client sees. */
export interface SourceRun {
  readonly run: Run;
  readonly stage: LifecycleStage;
  readonly datasets: readonly Dataset[];
}

export interface SourceVersion extends ModelVersion {
  readonly stage: ModelStage;
}

/** A registered model with all its versions, in order of their numbers. */
export interface SourceModel extends Pick<
  RegisteredModel,
  'name' | 'description' | 'creationTime' | 'lastUpdatedTime' | 'tags' | 'aliases'
> {
  readonly versions: readonly SourceVersion[];
}

/** A file below a location. */
export interface SourceFile {
  /** `/`-separated, below the location. */
  readonly path: string;
  /** Bytes; undefined where the server does not say. */
  readonly size: number | undefined;
}

/** A running tracking server that is copied. All throw SourceError. */
export interface ImportSource {
  /** All of them, in any stage. */
  experiments(): Promise<readonly SourceExperiment[]>;
  /** The ids of an experiment's runs, in any stage. */
  runIds(experimentId: string): Promise<readonly string[]>;
  run(runId: string): Promise<SourceRun>;
  history(runId: string, key: string): Promise<readonly MetricPoint[]>;
  /** Those that are not deleted: a server shows no others. */
  loggedModels(experimentId: string): Promise<readonly LoggedModel[]>;
  /** All of them, prompts too. */
  registeredModels(): Promise<readonly SourceModel[]>;
  /**
   * All files below a folder of the server's artifact proxy.
   * @param refused told of a folder, by its path below this one, whose list the server refuses: its name may be one that
   *   the server takes from nobody. The others are given all the same.
   */
  files(folder: string, refused: (path: string, reason: string) => void): AsyncIterable<SourceFile>;
  open(folder: string, path: string): Promise<Readable>;
}

/** The server cannot be reached, refuses, or answers what makes no sense. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError';
}

/** The server refuses what it is asked for, and not who asks. */
export class SourceRefusal extends SourceError {
  override readonly name = 'SourceRefusal';
}
