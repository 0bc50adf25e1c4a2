import type { ArtifactStore } from '../../artifacts/contract.ts';
import type { Store } from '../../stores/contract/index.ts';
import type { Roots } from './roots.ts';
import type { ImportSource } from './source.ts';

/** How far an import is; told whenever something changes. What is counted is complete, by this call or by an earlier one. */
export interface Progress {
  phase: 'looking' | 'copying';
  experiments: number;
  runs: number;
  runsInAll: number;
  loggedModels: number;
  registeredModels: number;
  versions: number;
  /** How many of all these earlier calls have completed. */
  complete: number;
  /** Of metrics, written by this call. */
  points: number;
  /** Compared by this call. */
  files: number;
  /** Read from the source. */
  bytes: number;
}

/** What all parts of an import share. */
export interface Job {
  readonly source: ImportSource;
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  /** ms since 1970. */
  readonly now: number;
  readonly progress: Progress;
  readonly tell: () => void;
  /** What is not as at the source, a line each. */
  readonly problems: string[];
  /** What an administrator should know and is as it should be, a line each. */
  readonly notices: Set<string>;
  readonly roots: Roots;
}

/** What is there already was not made by an import from this source: nothing has been written. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
