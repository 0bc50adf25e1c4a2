import { background } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type {
  ExperimentPatch,
  ExperimentRemovals,
  ExperimentStore,
  NameTaken,
  NewExperiment,
} from '../contract/index.ts';
import { StoreUnavailable } from '../contract/index.ts';
import { completeScan } from './complete-scan.ts';
import { experimentRemovals } from './experiment-removals.ts';
import {
  decodeExperimentRow,
  experimentCells,
  experimentColumns,
  goneCells,
  namedExperiment,
  noPendingCells,
  pendingCells,
} from './experiment-row.ts';
import { experimentGroup, experimentIdOf, experimentKey, experimentNameKey } from './keys.ts';
import { NameClaims } from './name-claim.ts';
import { NextExperiment } from './next-experiment.ts';
import { PendingChanges } from './pending-changes.ts';
import type { HBaseRest } from './rest/contract.ts';
import { Turns } from './turns.ts';
import { newToken } from './versioned-row.ts';
import type { Change, VersionedRow, VersionedRows } from './versioned-row.ts';

const selection = { columns: experimentColumns };
const expectedRows = 200;
const nothing: ReadonlyMap<string, Buffer> = new Map();

/** What an update has written: the experiment as it is, or, with another name, as it is to become. */
interface Changed {
  readonly next: Experiment;
  readonly isRenamed: boolean;
}

/**
 * Experiments, a row each. An experiment's row alone decides what the experiment is and what it is called; a change of
 * name is written beside it first and takes effect, all at once, when it has the name (`PendingChanges`). Readers do not
 * see what is pending; whoever wants to write finishes it first, also what another backend has left.
 */
export class HBaseExperiments implements ExperimentStore {
  readonly removals: ExperimentRemovals;
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #rows: VersionedRows;
  readonly #names: NameClaims;
  readonly #pending: PendingChanges;
  readonly #next: NextExperiment;
  readonly #turns = new Turns();

  constructor(rest: HBaseRest, rows: VersionedRows, table: string) {
    this.#rest = rest;
    this.#table = table;
    this.#rows = rows;
    this.#names = new NameClaims({
      rows,
      table,
      keyOf: experimentNameKey,
      bears: (id, name) => this.#pending.bears(id, name),
    });
    this.#pending = new PendingChanges({
      ...{ rows, table, names: this.#names, keyOf: experimentKey, columns: experimentColumns },
      ...{ decode: namedExperiment, refused: noPendingCells },
    });
    this.#next = new NextExperiment(rest, table);
    this.removals = experimentRemovals({ rest, rows, table }, this.#pending);
  }

  /**
   * Takes the first id that no experiment has. Creations meet in that id's row, so no number is left out: where the name
   * turns out to be taken, the id is free again for whoever comes next.
   */
  async create(context: CallContext, experiment: NewExperiment): Promise<Experiment | NameTaken> {
    return this.#turns.take('create', async () => {
      if (await this.#isTaken(experiment.name)) return 'name taken';
      const token = newToken();
      for (let number = await this.#next.get(); ; number++) {
        const next = newExperiment(String(number), experiment);
        if (!(await this.#take(next.experimentId, pendingCells({ token, next })))) continue;
        return (await this.#hasName(next.experimentId, token)) ? next : 'name taken';
      }
    });
  }

  /** Ids are found by looking for a free one, so those below it that are free get rows that are nobody's. */
  async createAs(context: CallContext, experiment: Experiment): Promise<'created' | 'id taken' | NameTaken> {
    return this.#turns.take('create', async () => {
      if (await this.#isTaken(experiment.name)) return 'name taken';
      const token = newToken();
      for (let number = await this.#next.get(); number < Number(experiment.experimentId); number++) {
        await this.#take(String(number), goneCells);
      }
      const cells = pendingCells({ token, next: { ...experiment, tags: inKeyOrder(experiment.tags) } });
      if (!(await this.#take(experiment.experimentId, cells))) return 'id taken';
      return (await this.#hasName(experiment.experimentId, token)) ? 'created' : 'name taken';
    });
  }

  async get(context: CallContext, experimentId: string): Promise<Experiment | undefined> {
    const key = experimentKey(experimentId);
    if (key === undefined) return undefined;
    return this.#decode(experimentId, await this.#rows.read(context, this.#table, key, selection)).is;
  }

  async getByName(context: CallContext, name: string): Promise<Experiment | undefined> {
    const holder = await this.#names.holderOf(context, name);
    const experiment = holder === undefined ? undefined : await this.get(context, holder);
    return experiment?.name === name ? experiment : undefined;
  }

  async update(
    context: CallContext,
    experimentId: string,
    decide: (current: Experiment) => ExperimentPatch,
  ): Promise<Experiment | NameTaken | undefined> {
    const key = experimentKey(experimentId);
    if (key === undefined) return undefined;
    const token = newToken();
    const change = (row: VersionedRow): Change<Changed | 'pending' | undefined> => {
      const { is, pending } = this.#decode(experimentId, row);
      if (pending || !is) return { cells: nothing, result: pending && 'pending' };
      const next = patched(is, decide(is));
      const isRenamed = next.name !== is.name;
      return { cells: isRenamed ? pendingCells({ token, next }) : experimentCells(next), result: { next, isRenamed } };
    };
    for (;;) {
      const changed = await this.#rows.update(this.#table, key, change, { selection });
      if (changed === undefined) return undefined;
      if (changed === 'pending') await this.#finished(experimentId);
      else if (!changed.isRenamed) return changed.next;
      else {
        const outcome = await this.#pending.finish(experimentId, token);
        if (outcome === 'unknown') throw new StoreUnavailable('It is not known whether the experiment was renamed.');
        return outcome === 'refused' ? 'name taken' : changed.next;
      }
    }
  }

  async *scan(context: CallContext): AsyncIterable<readonly Experiment[]> {
    const scan = { ...selection, group: experimentGroup, expect: expectedRows };
    for await (const rows of completeScan(context, this.#rest, this.#table, scan)) {
      const page = rows.flatMap(({ key, cells }) => decodeExperimentRow(experimentIdOf(key), cells).is ?? []);
      if (page.length > 0) yield page;
    }
  }

  /** The experiment, with what it had under way finished. */
  async #finished(experimentId: string): Promise<Experiment | undefined> {
    await this.#pending.finish(experimentId);
    return this.get(background, experimentId);
  }

  /** Writes into the row of an id that nobody has. @returns false where somebody has it, or had */
  async #take(experimentId: string, cells: ReadonlyMap<string, Buffer>): Promise<boolean> {
    const key = experimentKey(experimentId);
    if (key === undefined) throw new RangeError(`No experiment id is left behind ${experimentId}`);
    const take = (row: VersionedRow): Change<'placed' | 'pending' | 'created'> => {
      const { is, pending, removal, isGone } = this.#decode(experimentId, row);
      if (is || removal || isGone) return { cells: nothing, result: 'created' };
      if (pending) return { cells: nothing, result: 'pending' };
      return { cells, result: 'placed' };
    };
    for (;;) {
      const result = await this.#rows.update(this.#table, key, take, { selection, isNew: true });
      if (result !== 'pending') return result === 'placed';
      await this.#finished(experimentId);
    }
  }

  async #isTaken(name: string): Promise<boolean> {
    const holder = await this.#names.holderOf(background, name);
    return holder !== undefined && (await this.#pending.bears(holder, name));
  }

  /** Finishes a creation. @returns false where the name is another's */
  async #hasName(experimentId: string, token: string): Promise<boolean> {
    const outcome = await this.#pending.finish(experimentId, token);
    if (outcome === 'unknown') throw new StoreUnavailable('It is not known whether the experiment was created.');
    if (outcome === 'granted') await this.#next.set(Number(experimentId) + 1);
    return outcome === 'granted';
  }

  #decode = (id: string, { cells }: VersionedRow) => decodeExperimentRow(id, cells);
}

const newExperiment = (experimentId: string, { name, artifactLocation, creationTime, tags }: NewExperiment) => ({
  experimentId,
  name,
  artifactLocation: artifactLocation(experimentId),
  lifecycle: { stage: 'active', epoch: 0, changedAt: creationTime } as const,
  creationTime,
  lastUpdateTime: creationTime,
  tags: inKeyOrder(tags),
});

function patched(current: Experiment, { setTags, deleteTags, ...attributes }: ExperimentPatch): Experiment {
  const tags = new Map([...current.tags, ...(setTags ?? [])]);
  for (const key of deleteTags ?? []) tags.delete(key);
  return { ...current, ...attributes, tags: inKeyOrder(tags) };
}
