import { brief } from '../brief.ts';
import { invalidParameter } from '../errors.ts';
import type { MlflowError } from '../errors.ts';
import { decodeBase64 } from '../wire/json/base64.ts';
import { parseJsonExactly } from '../wire/json/parse.ts';
import { shownRepr } from '../wire/json/repr.ts';
import { dumps } from '../wire/json/python.ts';
import type { Json, JsonObject } from '../wire/json/value.ts';
import { isArray, isObject, member } from '../wire/json/value.ts';
import type { LoggedModelPosition } from './executor/logged-model-order.ts';
import type { SortValue } from './executor/sort-value.ts';
import type { WrittenOrder } from './logged-model-order.ts';
import { decodeSortValues, encodeSortValues } from './page-token.ts';

/** What a page token belongs to. */
export interface LoggedModelQuery {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly orderBy: readonly WrittenOrder[];
}

/**
 * A token as MLflow's server makes it (JSON in base64, with the search that it belongs to), but behind a position in place
 * of a count: see `page-token.ts`.
 */
export function encodeLoggedModelToken(query: LoggedModelQuery, position: LoggedModelPosition): string {
  const { values, creationTime, modelId } = position;
  const token = { ...asJson(query), after: encodeSortValues([...values, creationTime, modelId]) };
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

/**
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is no token, or another search's
 */
export function decodeLoggedModelToken(token: string, query: LoggedModelQuery): LoggedModelPosition {
  const bytes = decodeBase64(token);
  if (bytes === undefined) throw invalidParameter('Invalid page token, could not base64-decode');
  const parsed = parseJsonExactly(bytes.toString('utf8'));
  if (parsed === undefined) {
    throw invalidParameter(brief`Invalid page token: ${token}. Expecting value: line 1 column 1 (char 0)`);
  }
  if (!isObject(parsed)) throw noPosition();
  const wanted = asJson(query);
  requireSame(
    wanted,
    parsed,
    'experiment_ids',
    'Experiment IDs in the page token do not match the requested experiment IDs',
  );
  requireSame(
    wanted,
    parsed,
    'filter_string',
    'Filter string in the page token does not match the requested filter string',
  );
  requireSame(wanted, parsed, 'order_by', 'Order by in the page token does not match the requested order by');
  const after = member(parsed, 'after') ?? null;
  const values = isArray(after) ? decodeSortValues(after) : undefined;
  const [creationTime, modelId, ...more] = values?.slice(query.orderBy.length) ?? [];
  if (values === undefined || !isTime(creationTime) || !isModelId(modelId) || more.length > 0) throw noPosition();
  return { values: values.slice(0, query.orderBy.length), creationTime, modelId };
}

const longestModelId = 256;

/** Engines make a row's key of the two. */
const isTime = (value: SortValue): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isModelId = (value: SortValue): value is string => typeof value === 'string' && value.length <= longestModelId;

const noPosition = (): MlflowError => invalidParameter('Invalid page token, it holds no position');

function asJson({ experimentIds, filter, orderBy }: LoggedModelQuery): JsonObject {
  const orders = orderBy.map(({ field, ascending, datasetName, datasetDigest }) => ({
    field_name: field,
    ascending,
    dataset_name: datasetName || null,
    dataset_digest: datasetDigest || null,
  }));
  return {
    experiment_ids: experimentIds,
    filter_string: filter || null,
    order_by: orders.length > 0 ? orders : null,
  };
}

function requireSame(wanted: JsonObject, found: JsonObject, name: string, sentence: string): void {
  const valueIn = (object: JsonObject): Json => member(object, name) ?? null;
  const [expected, actual] = [valueIn(wanted), valueIn(found)];
  if (dumps(expected) === dumps(actual)) return;
  const shown = (value: Json): string => (typeof value === 'string' ? value : shownRepr(value));
  throw invalidParameter(brief`${sentence}. Expected: ${shown(expected)}. Found: ${shown(actual)}`);
}
