import { brief } from '../brief.ts';
import { MlflowError, invalidParameter } from '../errors.ts';
import { loggedModelAttributes } from './clauses.ts';
import type { LoggedModelAttribute } from './clauses.ts';
import { requireFewKeys } from './order-by.ts';
import { loggedModelAliases } from './validator/logged-models.ts';

/** One key of an order as a client writes it; '' for a dataset's name or digest that it left out. */
export interface WrittenOrder {
  readonly field: string;
  readonly ascending: boolean;
  readonly datasetName: string;
  readonly datasetDigest: string;
}

/** One key of an order over logged models. */
export type LoggedModelOrder = { readonly ascending: boolean } & (
  | { readonly of: 'attribute'; readonly key: LoggedModelAttribute }
  | { readonly of: 'time'; readonly key: 'creationTime' | 'lastUpdateTime' }
  /** The latest point, on the dataset where one is named. */
  | { readonly of: 'metric'; readonly key: string; readonly datasetName: string; readonly datasetDigest: string }
);

/** @throws MlflowError INVALID_PARAMETER_VALUE for what cannot be ordered by */
export function readLoggedModelOrder(written: readonly WrittenOrder[]): readonly LoggedModelOrder[] {
  requireFewKeys(written);
  return written.map(({ field, ascending, datasetName, datasetDigest }) => {
    const dot = field.indexOf('.');
    if (dot < 0) return { ascending, ...attributeOrder(field) };
    if (field.slice(0, dot) !== 'metrics') {
      throw invalidParameter(brief`Invalid order by field name: ${field}. Only metrics are supported.`);
    }
    return { of: 'metric', key: field.slice(dot + 1), datasetName, datasetDigest, ascending };
  });
}

type AttributeOrder =
  | { readonly of: 'attribute'; readonly key: LoggedModelAttribute }
  | { readonly of: 'time'; readonly key: 'creationTime' | 'lastUpdateTime' };

function attributeOrder(field: string): AttributeOrder {
  const name = loggedModelAliases[field] ?? field;
  if (name === 'creation_timestamp_ms') return { of: 'time', key: 'creationTime' };
  if (name === 'last_updated_timestamp_ms') return { of: 'time', key: 'lastUpdateTime' };
  const key = loggedModelAttributes.find((known) => known === name);
  if (key !== undefined) return { of: 'attribute', key };
  throw new MlflowError('INVALID_PARAMETER_VALUE', brief`Invalid order by field name: ${field}`, {
    errorClass: 'ATTRIBUTE_NOT_FOUND',
  });
}
