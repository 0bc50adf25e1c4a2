import type { CallContext } from '../../call-context.ts';
import type { RegisteredModel } from '../../entities/registered-model.ts';
import type { ModelWithVersions, VersionsWanted } from '../contract/index.ts';
import { AbsentVersions, numbersOf, withPresentVersions } from '../absent-versions.ts';
import { completeGet } from './complete-get.ts';
import { wholeFamily } from './columns.ts';
import { modelKey } from './keys.ts';
import { decodeModelRow, decodeVersions, modelSelection, removedVersions } from './model-row.ts';
import type { HBaseRest, Row } from './rest/contract.ts';

/** How many times a model that changes is read for certain versions before it is read whole. */
const selectiveReads = 3;
/** How many models' versions one request brings, and of how many numbers. */
const [modelsAtOnce, numbersAtOnce] = [100, 200];

/**
 * Reads models with the versions wanted. Which these are says the model, so it is read first, and then once more with
 * them; what that brings is one state of the row, and is what is returned, unless it wants yet other versions.
 */
export class ModelReader {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #absent = new AbsentVersions();

  constructor(rest: HBaseRest, table: string) {
    this.#rest = rest;
    this.#table = table;
  }

  async read(context: CallContext, id: string, wanted: VersionsWanted): Promise<ModelWithVersions | undefined> {
    let asked: readonly number[] = [];
    for (let reads = 0; ; reads++) {
      const isWhole = reads === selectiveReads;
      const row = await this.#rest.get(
        context,
        this.#table,
        modelKey(id),
        isWhole ? wholeFamily : modelSelection(asked),
      );
      const found = modelIn(id, row);
      if (row === undefined || found === undefined) return undefined;
      const { model, numbers } = this.#settled(context, found, row, wanted);
      if (isWhole || isAmong(numbers, asked)) return { model, versions: decodeVersions(id, row.cells, numbers) };
      asked = [...asked, ...numbers];
    }
  }

  /** As `read` for many: a map by id of those that are there. */
  async readMany(
    context: CallContext,
    ids: readonly string[],
    wanted: VersionsWanted,
  ): Promise<ReadonlyMap<string, ModelWithVersions>> {
    const found = new Map<string, ModelWithVersions>();
    const rows = await completeGet(context, this.#rest, this.#table, ids.map(modelKey), modelSelection([]));
    const more = new Map<string, readonly number[]>();
    for (const id of new Set(ids)) {
      const model = modelIn(id, rows.get(modelKey(id)));
      if (model === undefined) continue;
      const numbers = numbersOf(model, wanted);
      if (numbers.length > 0) more.set(id, numbers);
      else found.set(id, { model, versions: new Map() });
    }
    for (const some of inParts(more)) {
      for (const [id, read] of await this.#readPart(context, some, wanted)) found.set(id, read);
    }
    return found;
  }

  async #readPart(
    context: CallContext,
    ids: ReadonlyMap<string, readonly number[]>,
    wanted: VersionsWanted,
  ): Promise<ReadonlyMap<string, ModelWithVersions>> {
    const found = new Map<string, ModelWithVersions>();
    const asked = [...new Set([...ids.values()].flat())];
    const rows = await this.#rest.getMany(context, this.#table, [...ids.keys()].map(modelKey), modelSelection(asked));
    for (const id of ids.keys()) {
      const row = rows.get(modelKey(id));
      const model = modelIn(id, row);
      const settled = row && model && this.#settled(context, model, row, wanted);
      // Not brought, or changed meanwhile.
      const read =
        settled && isAmong(settled.numbers, asked)
          ? { model: settled.model, versions: decodeVersions(id, row.cells, settled.numbers) }
          : await this.read(context, id, wanted);
      if (read) found.set(id, read);
    }
    return found;
  }

  /** The model, and the numbers that are wanted of it, as far as the row's versions are there. */
  #settled(
    context: CallContext,
    stored: RegisteredModel,
    row: Row,
    wanted: VersionsWanted,
  ): { model: RegisteredModel; numbers: readonly number[] } {
    const settled = withPresentVersions(
      stored,
      (model) => numbersOf(model, wanted),
      (numbers) => removedVersions(row.cells, numbers),
      (model, absent) => {
        this.#absent.tell(context, model, absent);
      },
    );
    return { model: settled.model, numbers: settled.derived };
  }
}

const modelIn = (id: string, row: Row | undefined): RegisteredModel | undefined =>
  row && decodeModelRow(id, row.cells).is;

function isAmong(numbers: readonly number[], asked: readonly number[]): boolean {
  const among = new Set(asked);
  return numbers.every((number) => among.has(number));
}

/** Parts that one request each can bring; a model of more numbers than that is one by itself. */
function* inParts(
  models: ReadonlyMap<string, readonly number[]>,
): Generator<ReadonlyMap<string, readonly number[]>, void> {
  let [part, numbers] = [new Map<string, readonly number[]>(), new Set<number>()];
  for (const [id, more] of models) {
    const union = new Set([...numbers, ...more]);
    const isFull = part.size === modelsAtOnce || union.size > numbersAtOnce;
    if (isFull && part.size > 0) {
      yield part;
      [part, numbers] = [new Map([[id, more]]), new Set(more)];
    } else {
      part.set(id, more);
      numbers = union;
    }
  }
  if (part.size > 0) yield part;
}
