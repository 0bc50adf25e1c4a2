import type { DatasetStore } from './datasets.ts';
import type { ExperimentStore } from './experiments.ts';
import type { ImportRecords } from './imports.ts';
import type { LoggedModelStore } from './logged-models.ts';
import type { RegisteredModelStore } from './registered-models.ts';
import type { RemovalStore } from './removals.ts';
import type { RunStore } from './runs.ts';

/**
 * What every engine must give. The promises are those that HBase can keep with one row at a time; an engine may give
 * more, but nobody may rely on it.
 *
 * **Atomic**: one experiment (attributes and tags), one run (attributes, params, tags, latest metrics, links and the
 * points of one call), one logged model (attributes, params, tags, and the metrics of one call), one dataset, one
 * registered model (attributes, tags, aliases, versions and their tags), one name of an experiment or a registered
 * model, one counter, one record of an import. Never two of them together.
 *
 * **Durable**: a promise that has resolved has been flushed. After a crash at any moment everything acknowledged is
 * there, and of a call that was not acknowledged either all or nothing of the row it changes.
 *
 * **Consistent**: a read by key sees every write acknowledged before the read began. A scan sees every row whose write
 * was acknowledged before the scan began and that no later write removed, or renamed where it goes by names; rows written
 * meanwhile may or may not appear. A scan never shows a row twice and never ends early: it is complete or it throws.
 *
 * **Bounded by the call**: what may take long (scans, histories, reads of many) looks at the call's context between its
 * parts, and throws the reason for which it has ended, or DeadlineExceeded. A write that has begun is not broken off.
 *
 * **Errors**: a driver's own errors leave as `StoreUnavailable` (nothing was written, or it is not known), as `StoreFull`
 * (nothing was written) or as `StoreCorrupt`. Each ends the call that met it, and no other. A missing row is `undefined`; a
 * taken name is an answer, not an error.
 */
export interface Store {
  readonly experiments: ExperimentStore;
  readonly runs: RunStore;
  readonly registeredModels: RegisteredModelStore;
  readonly datasets: DatasetStore;
  readonly loggedModels: LoggedModelStore;
  readonly removals: RemovalStore;
  readonly imports: ImportRecords;
  /** Resolves when the store can serve, with what it is, for the log; throws `StoreUnavailable`. */
  check(): Promise<string>;
  /** Waits for what was acknowledged or is under way, then lets go of the engine. Idempotent. */
  close(): Promise<void>;
}

/** The engine cannot be reached or did not answer in time. A write may or may not have been done. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';
}

/** The engine has no room left for what is to be written: nothing of it was. Reads go on. */
export class StoreFull extends StoreUnavailable {
  override readonly name = 'StoreFull';
}

/** The engine holds what this version cannot read: a newer schema, or bytes that are no record. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt';
}
