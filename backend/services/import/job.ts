import type { ArtifactStore } from '../../artifacts/contract.ts';
import type { Store } from '../../stores/contract/index.ts';
import type { ImportSource } from './source.ts';

/** How far an import is; told whenever something changes. */
export interface Progress {
  phase: 'looking' | 'copying' | 'verifying';
  experiments: number;
  runs: number;
  runsInAll: number;
  points: number;
  loggedModels: number;
  registeredModels: number;
  versions: number;
  files: number;
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
  /** The artifact roots that were copied: as the source calls them -> as they are called here. */
  readonly roots: Map<string, string>;
}

/** What is there already was not made by this import: nothing has been written. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
