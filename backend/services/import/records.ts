import type { CallContext } from '../../call-context.ts';
import type { ImportedEntity, ImportStep } from '../../stores/contract/index.ts';
import { digestOf } from './canonical.ts';
import type { Job } from './job.ts';

/**
 * What is here of an entity that is not complete: nothing; the entity itself, which was begun; something else, for a reason
 * to be told; or it has no place here any more, which the caller tells.
 */
export type Found = 'nothing' | 'begun' | 'no place' | { readonly taken: string };

export interface Steps {
  /** @param isBegun whether an import has begun it: nothing else may be taken for the entity */
  find(isBegun: boolean): Promise<Found>;
  /** Writes its row, as one step, and compares it. @returns what is not as at the source, a line each */
  make(): Promise<readonly string[]>;
  /** Adds what is missing of it beside its row; may be repeated. @returns as `make` */
  complete?(isNew: boolean): Promise<readonly string[]>;
}

/** Names how digests are made: those of another form say nothing about whether the source has changed. */
const digestForm = '1.';

/** In place of a digest: whatever the source sends, what is here is not that. */
const notAsSent = `${digestForm}-`;

/**
 * Imports an entity, unless that is complete: what is here of it is then its users' affair. It is recorded as begun before
 * anything of it is written, and as complete when all of it is here and was compared.
 * @param sent all that the source says of it and that would be imported
 * @returns whether it is complete
 */
export async function importOnce(
  context: CallContext,
  { store, problems, progress, now }: Job,
  entity: ImportedEntity,
  sent: unknown,
  { find, make, complete }: Steps,
): Promise<boolean> {
  const digest = digestForm + digestOf(sent).slice(0, 32);
  const record = (step: ImportStep, of: string): Promise<void> =>
    store.imports.put(context, entity, { step, digest: of, at: now });
  const known = await store.imports.get(context, entity);
  const hasChanged = known?.digest.startsWith(digestForm) === true && known.digest !== digest;
  const tellChanged = (): unknown =>
    problems.push(`${nameOf(entity)} differs from the source since it was imported: it stays as it is`);
  if (known?.step === 'complete') {
    progress.complete++;
    if (hasChanged) tellChanged();
    return true;
  }
  const found = await find(known !== undefined);
  if (found === 'no place') return false;
  if (typeof found === 'object') {
    problems.push(found.taken);
    return false;
  }
  const isNew = found === 'nothing';
  if (!isNew && hasChanged) {
    tellChanged();
    // What is beside the row would not fit it.
    if (complete) return false;
  }
  if (isNew) await record('begun', digest);
  const made = isNew ? await make() : [];
  if (made.length > 0) await record('begun', notAsSent);
  const completed = (await complete?.(isNew)) ?? [];
  problems.push(...made, ...completed);
  if (made.length + completed.length > 0) return false;
  await record('complete', isNew ? digest : (known?.digest ?? digest));
  return true;
}

function nameOf(entity: ImportedEntity): string {
  switch (entity[0]) {
    case 'registered model':
      return `registered model '${entity[1]}'`;
    case 'version':
      return `version ${String(entity[3])} of '${entity[1]}'`;
    case 'experiment':
    case 'run':
    case 'logged model':
      return `${entity[0]} ${entity[1]}`;
  }
}
