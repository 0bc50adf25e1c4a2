import { createHash } from 'node:crypto';
import { NumberText, isExactObject, printExact } from './exact-json.ts';
import type { ExactJson } from './exact-json.ts';

/**
 * Takes out of an answer what two right servers may choose freely, and nothing else:
 *
 * - run ids become `<run:1>`, `<run:2>`, ..., experiment ids `<experiment:1>`, ... and ids of logged models `<model:1>`,
 *   ... by order of appearance;
 * - the letters that made names unique become `<unique>`;
 * - `creation_time`, `last_update_time` and those of registered and logged models, where they are a recent time in ms,
 *   become `<time>`;
 * - a random run name (`adjective-noun-123`) becomes `<name:1>`: the same name is the same placeholder;
 * - a page token becomes `<token>`;
 * - SQL text is cut off behind a message and is `<SQL>` where it is the whole message: it names SQLite's tables;
 * - tags, params and latest metrics of a run or a logged model, tags of an experiment, a registered model and a version,
 *   and what a run used and made are sorted: the server reads them from SQL without ORDER BY, so their order is whatever
 *   its index gives;
 * - a Python set within a message is sorted: Python prints it in another order in each process;
 * - the keys of an object are sorted: JSON gives their order no meaning;
 * - a string longer than 400 characters becomes its beginning, length and hash, so that recordings stay small.
 *
 * One normaliser serves the answers of one sequence, in order: it remembers the ids that it has seen.
 */
export class Normaliser {
  readonly #unique: string;
  readonly #runs = new Map<string, string>();
  readonly #experiments = new Map<string, string>();
  readonly #models = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(unique: string) {
    this.#unique = unique;
  }

  /** Another one that knows the same ids. */
  fork(): Normaliser {
    const fork = new Normaliser(this.#unique);
    for (const [id, placeholder] of this.#runs) fork.#runs.set(id, placeholder);
    for (const [id, placeholder] of this.#experiments) fork.#experiments.set(id, placeholder);
    for (const [id, placeholder] of this.#models) fork.#models.set(id, placeholder);
    for (const [name, placeholder] of this.#names) fork.#names.set(name, placeholder);
    return fork;
  }

  json(value: ExactJson): ExactJson {
    this.#learn(value);
    return this.#walk(value, '', '');
  }

  text(value: string): string {
    return shorten(this.#replaceIds(value));
  }

  #learn(value: ExactJson): void {
    if (Array.isArray(value)) for (const item of value as readonly ExactJson[]) this.#learn(item);
    if (!isExactObject(value)) return;
    for (const [key, child] of Object.entries(value)) {
      if (typeof child !== 'string') this.#learn(child);
      else if (key === 'run_id' && /^[0-9a-f]{32}$/.test(child)) remember(this.#runs, child, 'run');
      else if (key === 'experiment_id' && /^[1-9]\d*$/.test(child)) remember(this.#experiments, child, 'experiment');
      else if (key === 'model_id' && /^m-[0-9a-f]{32}$/.test(child)) remember(this.#models, child, 'model');
      else if (['run_name', 'name'].includes(key) && randomName.test(child)) remember(this.#names, child, 'name');
    }
  }

  #walk(value: ExactJson, key: string, parentKey: string): ExactJson {
    if (value instanceof NumberText) return serverTimes.has(key) && isRecent(value.text) ? '<time>' : value;
    if (typeof value === 'string') return this.#string(value, key);
    if (Array.isArray(value)) {
      const items = (value as readonly ExactJson[]).map((item) => this.#walk(item, key, parentKey));
      return isUnordered(key, parentKey) ? items.sort(byKey) : items;
    }
    if (!isExactObject(value)) return value;
    const names = Object.keys(value).sort();
    return Object.fromEntries(names.map((name) => [name, this.#walk(value[name] as ExactJson, name, key)]));
  }

  #string(value: string, key: string): string {
    if (key === 'next_page_token' && value !== '') return '<token>';
    if (key === 'experiment_id') return this.#experiments.get(value) ?? this.text(value);
    const name = this.#names.get(value);
    if (name !== undefined) return name;
    return this.text(value);
  }

  #replaceIds(text: string): string {
    let replaced = text
      .replaceAll(this.#unique, '<unique>')
      .replace(sqlBehind, '')
      .replace(sqlOnly, '<SQL>')
      .replace(pythonSet, sorted);
    for (const [id, placeholder] of this.#models) replaced = replaced.replaceAll(id, placeholder);
    for (const [id, placeholder] of this.#runs) replaced = replaced.replaceAll(id, placeholder);
    // An experiment id is a small number, so it is taken for one only where messages and locations name one.
    const named = /(\bid=|\bexperiment |mlflow-artifacts:\/|\bID )(\d+)\b|\b(\d+)(?=\/(?:models\/)?<(?:run|model):)/gi;
    replaced = replaced.replaceAll(/\['\d+'(?:, '\d+')*\]/g, (list) =>
      list.replaceAll(/\d+/g, (id) => this.#experiments.get(id) ?? id),
    );
    return replaced.replaceAll(named, (whole, before = '', id: string, folder: string) => {
      const placeholder = this.#experiments.get(id ?? folder);
      return placeholder === undefined ? whole : String(before) + placeholder;
    });
  }
}

const serverTimes = new Set([
  ...['creation_time', 'last_update_time', 'creation_timestamp', 'last_updated_timestamp'],
  ...['creation_timestamp_ms', 'last_updated_timestamp_ms'],
]);
const randomName = /^[a-z]+-[a-z]+-\d{1,4}$/;
const sqlBehind = / Error: \((?:raised as a result of|[\w.]*IntegrityError\))[\s\S]*/;
const sqlOnly = /^\((?:raised as a result of|[\w.]*Error\))[\s\S]*sqlalche\.me[\s\S]*/;
const pythonSet = /\{('[^']*'(?:, '[^']*')*)\}/g;
const sorted = (_set: string, members: string): string => `{${members.split(', ').sort().join(', ')}}`;
const longest = 400;

function remember(map: Map<string, string>, id: string, kind: string): void {
  if (!map.has(id)) map.set(id, `<${kind}:${String(map.size + 1)}>`);
}

/** A whole number of ms between 2020 and 2100: the machine's clock, and not 0 or a client's made-up time. */
const isRecent = (text: string): boolean =>
  /^\d+$/.test(text) && Number(text) > 1_577_836_800_000 && Number(text) < 4_102_444_800_000;

const taggedEntities = new Set([
  ...['experiment', 'experiments', 'registered_model', 'registered_models'],
  ...['model_version', 'model_versions', 'latest_versions'],
  ...['info', 'dataset_inputs'],
]);

const isUnordered = (key: string, parentKey: string): boolean =>
  (parentKey === 'data' && ['tags', 'params', 'metrics'].includes(key)) ||
  (key === 'tags' && taggedEntities.has(parentKey)) ||
  ['dataset_inputs', 'model_inputs', 'model_outputs', 'dataset_summaries'].includes(key);

function byKey(left: ExactJson, right: ExactJson): number {
  const [a, b] = [left, right].map((item) => (isExactObject(item) && 'key' in item ? String(item['key']) : ''));
  return compare(a, b) || compare(printExact(left), printExact(right));
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text); // code points: half of a surrogate pair cannot be written to a file
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${characters.slice(0, 60).join('')}<... ${String(characters.length)} characters, sha256 ${hash}>`;
}
