import { randomUUID } from 'node:crypto';
import { ArtifactError } from '../contract.ts';
import { reservedFolder } from '../path.ts';
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
}

/**
 * The hidden folder where uploads grow and what is removed goes first. Several backends share it: each has a folder of
 * its own in it and touches it as long as it lives; one that was not touched for an hour is removed by whichever backend
 * sees it. All times are the NameNode's, so no backend's clock matters.
 */
export class Staging {
  readonly #options: StagingOptions;
  readonly #all: string;
  readonly #mine: string;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  private constructor(options: StagingOptions) {
    this.#options = options;
    this.#all = `${options.root}/${reservedFolder}`;
    this.#mine = `${this.#all}/${randomUUID()}`;
  }

  static async open(options: StagingOptions): Promise<Staging> {
    const staging = new Staging(options);
    await staging.#makeFolders();
    await staging.#beat();
    const { beatEvery: every = beatEvery } = options;
    staging.#timer = setInterval(() => {
      // What cannot be done now is done at the next beat.
      staging.#beating = staging.#beat().catch(() => undefined);
    }, every).unref();
    return staging;
  }

  /** The path of a new name. */
  fresh(): string {
    return `${this.#mine}/${randomUUID()}`;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    await this.#discard(this.#mine).catch(() => undefined);
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

  /** Touches the own folder, and removes those that nobody has touched for long. */
  async #beat(): Promise<void> {
    const { namespace, abandonedAfter: age = abandonedAfter } = this.#options;
    const touch = `${this.#mine}/beat`;
    await namespace.makeFolder(touch, '700');
    await namespace.delete(touch, true);
    const now = (await namespace.status(this.#mine))?.modificationTime;
    const folders = await namespace.list(this.#all);
    if (now === undefined || folders === undefined)
      throw new ArtifactError('unavailable', 'HDFS lost the staging folder');
    for (const { pathSuffix, modificationTime } of folders) {
      if (now - modificationTime >= age) await this.#discard(`${this.#all}/${pathSuffix}`).catch(() => undefined);
    }
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
