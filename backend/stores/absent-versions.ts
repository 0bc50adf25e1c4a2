import { LRUCache } from 'lru-cache';
import type { CallContext } from '../call-context.ts';
import type { RegisteredModel } from '../entities/registered-model.ts';

/**
 * The model as if these versions had been deleted: it names a stage of theirs, and their records are not there. No write of
 * ours leaves that; what did must not keep others from reading.
 */
export function withoutVersions(model: RegisteredModel, absent: readonly number[]): RegisteredModel {
  const stages = [...model.stages];
  for (const number of absent) stages[number - 1] = undefined;
  return { ...model, stages, aliases: new Map([...model.aliases].filter(([, number]) => !absent.includes(number))) };
}

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
