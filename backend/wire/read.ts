import type { BodyCall, Touched } from '../handler.ts';
import { brief } from '../brief.ts';
import { MlflowError, invalidParameter } from '../errors.ts';
import { bounds, excessOf } from './json/bounds.ts';
import { decodeText, parseJson, parseJsonExactly } from './json/parse.ts';
import { isArray, isObject, member } from './json/value.ts';
import type { Json, JsonObject } from './json/value.ts';
import type { Message, MessageOf } from './message.ts';
import { ParseError, parseDict } from './parse-dict.ts';
import { invalidValueOfType, required } from './validators.ts';
import type { Validators } from './validators.ts';

export { array, bool, check, dict, floatlike, intlike, itemTypeString } from './validators.ts';
export { lessThanOrEqual, required, string, within } from './validators.ts';

const seeDocs = ' See the API docs for more information about request parameters.';

/**
 * The request's message, from the query of a GET that has one, else from the JSON body, as MLflow's server reads it (of a
 * HEAD, too, which it thereby mostly refuses): unknown fields are ignored, null is absent, and where a value does not fit
 * and yet no validator objects, the message holds what was read before it.
 * @throws MlflowError in the server's words
 */
export function readMessage<M extends Message>(call: BodyCall, message: M, validators: Validators = {}): MessageOf<M> {
  const source = call.method === 'GET' && call.query.size > 0 ? fromQuery(call.query, message) : fromBody(call);
  rejectDoubleSpelling(source.json, message);
  const target: Record<string, unknown> = {};
  let parsed = true;
  try {
    parseDict(source.json, message, target);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    parsed = false;
  }
  if (findProblem(source.json, validators, parsed) !== undefined) {
    // Asked again of the exact values: the sentence shows the value and its type.
    throw invalidParameter((findProblem(source.exact(), validators, parsed) ?? '') + seeDocs);
  }
  const notFinite = parsed ? undefined : findNotFinite(source.json, message, '');
  if (notFinite !== undefined) throw invalidParameter(invalidValueOfType(notFinite.path, notFinite.value) + seeDocs);
  call.touch?.(idsIn(target));
  return target as MessageOf<M>;
}

function idsIn({ experiment_id, run_id, run_uuid }: Readonly<Record<string, unknown>>): Touched {
  const id = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return { experiment_id: id(experiment_id), run_id: id(run_id) ?? id(run_uuid) };
}

interface Source {
  readonly json: JsonObject;
  readonly exact: () => JsonObject;
}

function fromQuery(query: URLSearchParams, message: Message): Source {
  const entries: [string, Json][] = [];
  for (const { name, type } of message.fields) {
    const values = query.getAll(name);
    if (values[0] !== undefined) entries.push([name, type.kind === 'repeated' ? values : values[0]]);
  }
  const json = Object.fromEntries(entries);
  return { json, exact: () => json };
}

function fromBody(call: BodyCall): Source {
  requireJsonContentType(call);
  const text = decodeText(call.body);
  if (text === undefined || text === '') return { json: {}, exact: () => ({}) };
  const exact = (): JsonObject => bodyObject(text, parseJsonExactly);
  return { json: bodyObject(text, parseJson), exact };
}

/** Malformed JSON counts as none. Old clients encode twice. */
function bodyObject(text: string, parse: (text: string) => Json | undefined): JsonObject {
  const once = bounded(text, parse) ?? {};
  const json = typeof once === 'string' ? bounded(once, parse) : once;
  if (json === null) return {};
  if (!isObject(json)) throw new MlflowError('BAD_REQUEST', 'The request body must be a JSON object.');
  return json;
}

/** @throws MlflowError where a text is beyond the bounds: it is not to pass for a malformed one, which says nothing */
function bounded(text: string, parse: (text: string) => Json | undefined): Json | undefined {
  const json = parse(text);
  const excess = json === undefined ? excessOf(text) : undefined;
  if (excess === undefined) return json;
  throw new MlflowError(
    'BAD_REQUEST',
    brief`The request body has more than ${bounds[excess]} ${excess === 'levels' ? 'levels of nesting' : excess}.`,
  );
}

/** The server asks for the type of POST and PUT only. */
export function requireJsonContentType(call: BodyCall): void {
  if (call.route.method !== 'POST' && call.route.method !== 'PUT') return;
  const type = call.header('content-type');
  if (type === undefined || type === '') throw invalidParameter('Bad Request. Content-Type header is missing.');
  if (type.split(';')[0] !== 'application/json') {
    throw invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
  }
}

/** Both spellings of one field would let what authorises see another value than what acts. */
function rejectDoubleSpelling(json: Json | undefined, message: Message): void {
  if (!isObject(json)) return;
  for (const { name, jsonName, type } of message.fields) {
    if (name !== jsonName && Object.hasOwn(json, name) && Object.hasOwn(json, jsonName)) {
      throw invalidParameter(brief`Request specifies both '${name}' and '${jsonName}'; provide only one of them.`);
    }
    const inner = type.kind === 'repeated' ? type.item : type;
    if (inner.kind !== 'message') continue;
    const value = member(json, name) ?? member(json, jsonName);
    for (const item of isArray(value) ? value : [value]) rejectDoubleSpelling(item, inner.message);
  }
}

/** NaN, an infinity, or an integer of more than 308 digits. */
const isBeyondDouble = (value: Json): boolean =>
  (typeof value === 'number' || typeof value === 'bigint') && !Number.isFinite(Number(value));

/**
 * Finds a bare NaN or infinity in a double, or an integer that none holds. MLflow's server takes it for absent where no
 * validator objects, and so logs 0 in its place; here it is refused.
 */
function findNotFinite(json: Json, message: Message, path: string): { path: string; value: Json } | undefined {
  if (!isObject(json)) return undefined;
  for (const [name, value] of Object.entries(json)) {
    const type = message.byName.get(name)?.type;
    const field = path === '' ? name : `${path}.${name}`;
    if (type?.kind === 'double' && isBeyondDouble(value)) return { path: field, value };
    if (type?.kind !== 'repeated' || type.item.kind !== 'message' || !isArray(value)) continue;
    for (const [index, item] of value.entries()) {
      const found = findNotFinite(item, type.item.message, `${field}[${index}]`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function findProblem(json: JsonObject, validators: Validators, parsed: boolean): string | undefined {
  for (const [name, list] of Object.entries(validators)) {
    if (!Object.hasOwn(json, name) && !list.includes(required)) continue;
    const value = member(json, name) ?? (name === 'run_id' ? member(json, 'run_uuid') : undefined) ?? null;
    for (const validator of list) {
      const problem = validator.ofType && parsed ? undefined : validator.problem(name, value);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}
