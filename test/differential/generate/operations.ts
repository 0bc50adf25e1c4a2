import { ajax, api } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';

/** A request that is right, to be damaged. */
export interface Operation {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly step: (fields: Readonly<Record<string, unknown>>) => Step;
}

export const post = (path: string, fields: Readonly<Record<string, unknown>>): Operation => ({
  fields,
  step: (sent) => api.post(path, sent),
});

/** A query has texts only: what is no text or list of them is sent as its JSON. */
export const get = (path: string, fields: Readonly<Record<string, unknown>>, surface = api): Operation => ({
  fields,
  step: (sent) => surface.get(path, queryOf(sent)),
});

export const onAjax = ajax;

function queryOf(fields: Readonly<Record<string, unknown>>): Query {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(text) : text(value)]),
  );
}
