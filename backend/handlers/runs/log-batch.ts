import type { Handler } from '../../handler.ts';
import { isArray, isObject, member } from '../../wire/json/value.ts';
import type { Json } from '../../wire/json/value.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { LogBatch } from '../../wire/messages/runs.ts';
import { array, check, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { invalidValueOfType, missingValue } from '../../wire/validators.ts';
import { keyValues } from '../key-values.ts';
import { loggedPoint } from './logged-point.ts';

export const logBatch: Handler<'runs.logBatch'> = async (call, { runs }) => {
  const request = readMessage(call, LogBatch, {
    run_id: [string, required],
    metrics: [array, withFields('key', 'value', 'timestamp')],
    params: [array, withFields('key')],
    tags: [array, withFields('key')],
  });
  await runs.logBatch(call.context, request.run_id ?? '', {
    metrics: (request.metrics ?? []).map(loggedPoint),
    params: keyValues(request.params),
    tags: keyValues(request.tags),
  });
  return reply(EmptyResponse, {});
};

/** Every element has these fields. A list that is null, or holds no objects, makes MLflow's server fail (500). */
function withFields(...fields: readonly string[]) {
  return check((name, list) => {
    if (!isArray(list)) return invalidValueOfType(name, list);
    for (const [index, item] of list.entries()) {
      const problem = missingField(`${name}[${index}]`, item, fields);
      if (problem !== undefined) return problem;
    }
    return undefined;
  });
}

function missingField(path: string, item: Json, fields: readonly string[]): string | undefined {
  if (!isObject(item)) return invalidValueOfType(path, item);
  const missing = fields.find((field) => (member(item, field) ?? '') === '');
  return missing === undefined ? undefined : missingValue(`${path}.${missing}`);
}
