import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { DatasetAttribute, RunNumberAttribute, RunTextAttribute } from '../clauses.ts';
import { splitIdentifier, trimBackticks, unquotedKey } from '../identifier.ts';
import { pythonList, pythonSet } from '../python-text.ts';

const entities = {
  metric: ['metric', 'metrics'],
  parameter: ['parameter', 'parameters', 'param', 'params'],
  tag: ['tag', 'tags'],
  attribute: ['attribute', 'attributes', 'attr', 'run'],
  dataset: ['dataset', 'datasets'],
} as const;
type Entity = keyof typeof entities;

const entityOf: ReadonlyMap<string, Entity> = new Map(
  (Object.keys(entities) as Entity[]).flatMap((entity) => entities[entity].map((name) => [name, entity] as const)),
);

/** What a run has besides params, tags and metrics, by the names that a filter may use. */
const attributes: Readonly<Record<string, RunTextAttribute | RunNumberAttribute>> = {
  artifact_uri: 'artifact_uri',
  run_id: 'run_id',
  run_name: 'run_name',
  status: 'status',
  user_id: 'user_id',
  start_time: 'start_time',
  end_time: 'end_time',
  created: 'start_time',
  Created: 'start_time',
  'run name': 'run_name',
  'Run name': 'run_name',
  'Run Name': 'run_name',
};
export const filterKeys = Object.keys(attributes);
/** An order has no aliases of `run_name`. */
export const orderKeys = filterKeys.filter((key) => !/run name/i.test(key));

const datasetKeys = ['name', 'digest', 'context'] as const satisfies readonly DatasetAttribute[];

/** A resolved name. `written` is an attribute's name as it came, for messages. */
export type RunIdentifier =
  | { readonly of: 'metric'; readonly key: string }
  | { readonly of: 'parameter' | 'tag'; readonly key: string }
  | { readonly of: 'number attribute'; readonly key: RunNumberAttribute; readonly written: string }
  | { readonly of: 'text attribute'; readonly key: RunTextAttribute; readonly written: string }
  | { readonly of: 'dataset'; readonly key: DatasetAttribute };

/** @throws MlflowError INVALID_PARAMETER_VALUE where the name is none of a run's */
export function runIdentifier(identifier: string, validKeys: readonly string[]): RunIdentifier {
  const { entity: prefix = 'attribute', key: quoted } = splitIdentifier(identifier);
  const name = trimBackticks(prefix);
  const entity = entityOf.get(name);
  if (entity === undefined) {
    const valid = pythonList(Object.keys(entities));
    throw invalidParameter(brief`Invalid entity type '${name}'. Valid values are ${valid}`);
  }
  const key = unquotedKey(quoted);
  if (entity === 'attribute') return attribute(key, validKeys);
  if (entity === 'metric') return { of: entity, key };
  if (entity !== 'dataset') return { of: entity, key };
  const known = datasetKeys.find((candidate) => candidate === key);
  if (known !== undefined) return { of: 'dataset', key: known };
  throw invalidParameter(brief`Invalid dataset key '${key}' specified. Valid keys are '${pythonSet(datasetKeys)}'`);
}

function attribute(written: string, validKeys: readonly string[]): RunIdentifier {
  const key = validKeys.includes(written) ? attributes[written] : undefined;
  if (key === undefined) {
    throw invalidParameter(
      brief`Invalid attribute key '${written}' specified. Valid keys are '${pythonSet(validKeys)}'`,
    );
  }
  return key === 'start_time' || key === 'end_time'
    ? { of: 'number attribute', key, written }
    : { of: 'text attribute', key, written };
}

/** The kind of a name as messages call it. */
export const entityName = ({ of }: RunIdentifier): Entity =>
  of === 'number attribute' || of === 'text attribute' ? 'attribute' : of;
