import type { Lifecycle } from './lifecycle.ts';

/** An experiment as stored. Ids are decimal integers as strings; '0' is `Default` and always there. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycle: Lifecycle;
  /** ms since 1970. */
  readonly creationTime: number;
  /** ms since 1970. */
  readonly lastUpdateTime: number;
  /** In key order. */
  readonly tags: ReadonlyMap<string, string>;
}

export const defaultExperimentId = '0';
export const defaultExperimentName = 'Default';
