import { randomUUID } from 'node:crypto';
import { ArtifactError } from '../contract.ts';
import { reservedFolder } from '../path.ts';
import { reasonOf } from '../staging-log.ts';
import type { StagingLog } from '../staging-log.ts';
import type { Namespace } from './namespace.ts';

/** A backend that lives touches its folder so often; ms. */
const beatEvery = 5 * 60 * 1000;

/** A folder untouched for so long is that of a backend that has ended; ms. */
export const abandonedAfter = 60 * 60 * 1000;

export interface StagingOptions {
  readonly root: string;
  /** As the backend itself. */
  readonly namespace: Namespace;
  /** As a user of HDFS, where the backend acts for users: what they own only they may delete. */
  readonly asUser: ((user: string) => Namespace) | undefined;
  readonly beatEvery?: number | undefined;
  readonly abandonedAfter?: number | undefined;
  readonly log?: StagingLog | undefined;
}

/**
 * The hidden folder where uploads grow and what is removed goes first. Several backends share it: each has a folder of
 * its own in it and touches it as long as it lives; one that was not touched for an hour is removed by whichever backend
 * sees it. All times are the NameNode's, so no backend's clock matters.
 *
 * What others left is removed beside the work. Users have written it: whatever it is, and whatever quota they have used
 * up, the store opens.
 */
export class Staging {
  readonly #options: StagingOptions;
  readonly #all: string;
  readonly #mine: string;
  #making: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #sweeping: Promise<void> | undefined;
  #closed = false;
  /** What was said last of what cannot be removed: it is the same at every beat. */
  #said = '';

  private constructor(options: StagingOptions) {
    this.#options = options;
    this.#all = `${options.root}/${reservedFolder}`;
    this.#mine = `${this.#all}/${randomUUID()}`;
  }

  static async open(options: StagingOptions): Promise<Staging> {
    const staging = new Staging(options);
    try {
      await staging.#touch();
    } catch (error) {
      if (!isFull(error)) throw error;
      staging.#warn(error, 'there is no room for uploads');
    }
    staging.#sweep();
    const { beatEvery: every = beatEvery } = options;
    staging.#timer = setInterval(() => {
      // What cannot be done now is done at the next beat.
      staging.#beating = staging.#touch().catch(() => undefined);
      staging.#sweep();
    }, every).unref();
    return staging;
  }

  /** The path of a new name. @throws ArtifactError 'quota' where there is no room for the folder that it is in */
  async fresh(): Promise<string> {
    await this.#own();
    return `${this.#mine}/${randomUUID()}`;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.all([this.#beating, this.#sweeping]);
    await this.#discard(this.#mine).catch(() => undefined);
  }

  /** Makes the own folder, once; when it is needed where there was no room for it at the start. */
  async #own(): Promise<void> {
    this.#making ??= this.#makeFolders();
    try {
      await this.#making;
    } catch (error) {
      this.#making = undefined;
      throw error;
    }
  }

  async #makeFolders(): Promise<void> {
    const { namespace, asUser } = this.#options;
    // Users make files of their own in it, and nobody another's.
    const permission = asUser === undefined ? '700' : '1777';
    for (const folder of [this.#all, this.#mine]) {
      await namespace.makeFolder(folder, permission);
      const status = await namespace.status(folder);
      // One that was made before, for the backend alone.
      if (asUser !== undefined && status?.permission !== permission) await namespace.setPermission(folder, permission);
    }
  }

  async #touch(): Promise<void> {
    await this.#own();
    const { namespace } = this.#options;
    const touch = `${this.#mine}/beat`;
    await namespace.makeFolder(touch, '700');
    await namespace.delete(touch, true);
  }

  /** Removes the folders that nobody has touched for long, unless that is under way. */
  #sweep(): void {
    this.#sweeping ??= this.#removeAbandoned()
      .catch((error: unknown) => {
        this.#warn(error, 'what ended backends left cannot be looked for');
      })
      .finally(() => (this.#sweeping = undefined));
  }

  async #removeAbandoned(): Promise<void> {
    const { namespace, abandonedAfter: age = abandonedAfter } = this.#options;
    // The NameNode's time, or an earlier one where there was no room for the own folder.
    const now = (await namespace.status(this.#mine)) ?? (await namespace.status(this.#all));
    let failure: { readonly error: unknown } | undefined;
    for (const { pathSuffix, modificationTime } of (await namespace.list(this.#all)) ?? []) {
      if (this.#closed || now === undefined) return;
      if (now.modificationTime - modificationTime < age) continue;
      await this.#discard(`${this.#all}/${pathSuffix}`).catch((error: unknown) => (failure ??= { error }));
    }
    if (failure !== undefined) this.#warn(failure.error, 'what ended backends left cannot be deleted');
  }

  #warn(error: unknown, what: string): void {
    const reason = reasonOf(error);
    if (this.#closed || this.#said === what + reason) return;
    this.#said = what + reason;
    this.#options.log?.warn({ folder: this.#all, reason }, what);
  }

  async #discard(path: string): Promise<void> {
    const { namespace, asUser } = this.#options;
    try {
      await namespace.delete(path, true);
    } catch (error) {
      if (asUser === undefined) throw error;
      for (const { pathSuffix, owner } of (await namespace.list(path)) ?? []) {
        await asUser(owner).delete(`${path}/${pathSuffix}`, true);
      }
      await namespace.delete(path, true);
    }
  }
}

export const isFull = (error: unknown): boolean => error instanceof ArtifactError && error.problem === 'quota';
