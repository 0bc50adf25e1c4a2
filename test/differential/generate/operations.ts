import { ajax, api, pausing, request } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A request that is right, to be damaged. */
export interface Operation {
  readonly fields: Fields;
  readonly step: (fields: Fields) => Step;
}

export const post = (path: string, fields: Fields): Operation => ({ fields, step: (sent) => api.post(path, sent) });

/** With a body, whatever the method; and with a pause, for what is created follows in time. */
export const send = (method: string, path: string, fields: Fields, surface = '/api/2.0/mlflow'): Operation => ({
  fields,
  step: (sent) =>
    pausing(
      request(method, surface + path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) }),
    ),
});

/** A query has texts only: what is no text or list of them is sent as its JSON. */
export const get = (path: string, fields: Fields, surface = api): Operation => ({
  fields,
  step: (sent) => surface.get(path, queryOf(sent)),
});

/** Without a query or body: the fields stand in the path, at `{name}`, one that is missing as `none`. */
export const inPath = (method: string, path: string, fields: Fields, surface = '/api/2.0/mlflow'): Operation => ({
  fields,
  step: (sent) =>
    request(method, surface + path.replaceAll(/(?<!\{)\{(\w+)\}/g, (_all, name: string) => segment(sent[name]))),
});

export const onAjax = ajax;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function segment(value: unknown): string {
  const text = value === undefined || value === '' ? 'none' : textOf(value);
  return text.startsWith('{{') ? text : encodeURIComponent(text);
}

function queryOf(fields: Fields): Query {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(textOf) : textOf(value)]),
  );
}
