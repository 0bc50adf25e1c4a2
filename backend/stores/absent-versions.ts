import { LRUCache } from 'lru-cache';
import type { CallContext } from '../call-context.ts';
import type { RegisteredModel } from '../entities/registered-model.ts';
import { stageOf } from '../entities/registered-model.ts';
import type { VersionsWanted } from './contract/index.ts';

/**
 * The model as if these versions had been deleted: it names a stage of theirs, and their records are not there. No write of
 * ours leaves that; what did must not keep others from reading.
 */
function withoutVersions(model: RegisteredModel, absent: readonly number[]): RegisteredModel {
  const stages = [...model.stages];
  for (const number of absent) stages[number - 1] = undefined;
  return { ...model, stages, aliases: new Map([...model.aliases].filter(([, number]) => !absent.includes(number))) };
}

/**
 * The model as far as its versions are there, and what is derived from it: derived again without those that are found
 * absent, until none is.
 * @param absentOf those that what is derived is about, and that are not there
 * @param tell told of each find
 */
export function withPresentVersions<Derived>(
  stored: RegisteredModel,
  derive: (model: RegisteredModel) => Derived,
  absentOf: (derived: Derived) => readonly number[],
  tell: (model: RegisteredModel, absent: readonly number[]) => void = () => undefined,
): { readonly model: RegisteredModel; readonly derived: Derived } {
  for (let model = stored; ;) {
    const derived = derive(model);
    const absent = absentOf(derived);
    if (absent.length === 0) return { model, derived };
    tell(model, absent);
    model = withoutVersions(model, absent);
  }
}

/** The numbers of the versions wanted that are there by what the model says, upwards. */
export const numbersOf = (model: RegisteredModel, wanted: VersionsWanted): readonly number[] =>
  [...new Set(wanted(model))].filter((number) => stageOf(model, number) !== undefined).sort((a, b) => a - b);

/** Tells of versions whose records are not there, each once: a search may meet them every second. */
export class AbsentVersions {
  readonly #told = new LRUCache<string, true>({ max: 1000 });

  tell({ log }: Pick<CallContext, 'log'>, { name }: RegisteredModel, absent: readonly number[]): void {
    for (const version of absent) {
      const key = JSON.stringify([name, version]);
      if (this.#told.has(key)) continue;
      this.#told.set(key, true);
      log.warn({ model: name, version }, 'a version has a stage and no record: it counts as deleted');
    }
  }
}
