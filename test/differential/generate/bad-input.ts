import fc from 'fast-check';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { damagedFields } from './damage.ts';
import type { Fields, Operation } from './operations.ts';

export interface BadInput {
  readonly name: string;
  readonly needs?: string;
  /** What every sequence begins with. */
  readonly start: readonly Step[];
  readonly operations: readonly Operation[];
  /** Fields with names that all sequences share: texts get letters in front that are the sequence's own. */
  readonly names?: readonly string[];
  /** What takes parents of the operations away, and gives them back. */
  readonly deletions: readonly Step[];
}

/** Any of the operations: its fields missing, null, of a wrong type, too long, unknown; of live and of deleted parents. */
export function badInputArea({ name, needs, start, operations, names = [], deletions }: BadInput): Area {
  const damaged = fc
    .constantFrom(...operations)
    .chain(({ fields, step }) =>
      fc
        .oneof({ weight: 6, arbitrary: damagedFields(fields) }, { weight: 1, arbitrary: fc.constant(fields) })
        .map((sent) => step(owned(sent, names))),
    );
  return {
    name,
    ...(needs === undefined ? {} : { needs }),
    sequences: fc
      .array(fc.oneof({ weight: 10, arbitrary: damaged }, { weight: 1, arbitrary: fc.constantFrom(...deletions) }), {
        minLength: 1,
        maxLength: 7,
      })
      .map((steps) => [...start, ...steps]),
  };
}

/** Names that belong to the sequence, and no id of an experiment that a sequence beside it may have been given. */
const owned = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (names.includes(name)) return [name, ownedName(value)];
      return [name, name.startsWith('experiment_id') ? nobodysIds(value) : value];
    }),
  );

const ownedName = (value: unknown): unknown =>
  typeof value !== 'string' || value === '' || value.startsWith('{{') ? value : `{{unique}}${value}`;

const nobodysIds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(nobodysIds);
  if (value === 1) return 999_999_999;
  return value === '1' ? '999999999' : value;
};
