import type { Int64 } from '../entities/int64.ts';

/**
 * Descriptors of MLflow's protobuf messages (`mlflow/protos/*.proto` of 3.17.2). Fields stand in the order of the
 * .proto file, which decides the order in which a query string is read.
 */
export interface Message<Fields extends FieldMap = FieldMap> {
  readonly name: string;
  readonly fields: readonly Field[];
  /** By proto name and by JSON name (`run_id` and `runId`). */
  readonly byName: ReadonlyMap<string, Field>;
  /** Only there for the type. */
  readonly shape: Fields;
}

export interface Field {
  readonly name: string;
  readonly jsonName: string;
  readonly type: FieldType;
}

export type FieldMap = Readonly<Record<string, FieldType>>;

export type Scalar =
  | { readonly kind: 'string' }
  | { readonly kind: 'int64' }
  | { readonly kind: 'int32' }
  | { readonly kind: 'double' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'enum'; readonly numbers: Readonly<Record<string, number>> };

export interface Nested {
  readonly kind: 'message';
  readonly message: Message;
}

export type FieldType = Scalar | Nested | { readonly kind: 'repeated'; readonly item: Scalar | Nested };

export const string = { kind: 'string' } as const;
export const int64 = { kind: 'int64' } as const;
export const int32 = { kind: 'int32' } as const;
export const double = { kind: 'double' } as const;
export const bool = { kind: 'bool' } as const;

/** An enum field: value names and their numbers. On our side a value is its name. */
export function enumeration<const Numbers extends Readonly<Record<string, number>>>(
  numbers: Numbers,
): { readonly kind: 'enum'; readonly numbers: Numbers } {
  return { kind: 'enum', numbers };
}

export function nested<M extends Message>(message: M): { readonly kind: 'message'; readonly message: M } {
  return { kind: 'message', message };
}

export function repeated<Item extends Scalar | Nested>(item: Item): { readonly kind: 'repeated'; readonly item: Item } {
  return { kind: 'repeated', item };
}

export function message<const Fields extends FieldMap>(name: string, fields: Fields): Message<Fields> {
  const list = Object.entries(fields).map(([field, type]) => ({ name: field, jsonName: camelCase(field), type }));
  const byName = new Map(list.flatMap((field) => [field.name, field.jsonName].map((key) => [key, field] as const)));
  return { name, fields: list, byName, shape: fields };
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

type ValueOf<Type> = Type extends { kind: 'string' }
  ? string
  : Type extends { kind: 'int64' }
    ? Int64
    : Type extends { kind: 'int32' | 'double' }
      ? number
      : Type extends { kind: 'bool' }
        ? boolean
        : Type extends { kind: 'enum'; numbers: infer Numbers }
          ? keyof Numbers & string
          : Type extends { kind: 'message'; message: infer M extends Message }
            ? MessageOf<M>
            : Type extends { kind: 'repeated'; item: infer Item }
              ? readonly ValueOf<Item>[]
              : never;

/** The TypeScript side of a message. A field that is undefined is absent on the wire. */
export type MessageOf<M extends Message> =
  M extends Message<infer Fields> ? { readonly [Name in keyof Fields]?: ValueOf<Fields[Name]> | undefined } : never;
