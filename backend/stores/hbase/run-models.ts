import type { CallContext } from '../../call-context.ts';
import { completeGet } from './complete-get.ts';
import { runModelsKey } from './keys.ts';
import type { HBaseRest } from './rest/contract.ts';
import { encodeText } from './values.ts';

const prefix = 'd:m.';

/**
 * Run ids -> the models that have versions of theirs, a cell each in the run's row, so that one read brings all of them.
 * A cell is written before the version and is never removed: one that leads to no such version costs a read, a missing
 * one would lose a result.
 */
export class RunModels {
  readonly #rest: HBaseRest;
  readonly #table: string;

  constructor(rest: HBaseRest, table: string) {
    this.#rest = rest;
    this.#table = table;
  }

  /** Before the version itself is written. */
  async add(runId: string, modelId: string): Promise<void> {
    await this.#rest.put(this.#table, runModelsKey(runId), new Map([[prefix + modelId, encodeText(runId)]]));
  }

  /** The ids of models that may have versions of these runs. */
  async modelsOf(context: CallContext, runIds: readonly string[]): Promise<readonly string[]> {
    const rows = await completeGet(context, this.#rest, this.#table, runIds.map(runModelsKey));
    const columns = [...rows.values()].flatMap(({ cells }) => [...cells.keys()]);
    return [...new Set(columns.map((column) => column.slice(prefix.length)))];
  }
}
