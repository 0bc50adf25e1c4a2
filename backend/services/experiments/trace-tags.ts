import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { parseJsonExactly } from '../../wire/json/parse.ts';
import { isObject, member } from '../../wire/json/value.ts';
import type { Json } from '../../wire/json/value.ts';

const retentionKey = 'mlflow.trace.archivalRetention';
const archiveNowKey = 'mlflow.trace.archiveNow';
const longestDuration = 32;

/**
 * Two tags steer the archival of traces and hold JSON of a fixed form. Kirka keeps no traces, yet refuses what MLflow's
 * server refuses, so that no experiment holds what that server could not read.
 */
export function checkTraceTag(key: string, value: string): void {
  if (key === retentionKey) {
    const config = parseConfig(value);
    if (member(config, 'type') !== 'duration') {
      throw invalidParameter("Trace archival config must use type 'duration'.");
    }
    checkDuration(member(config, 'value') ?? null);
  } else if (key === archiveNowKey) {
    const duration = member(parseConfig(value), 'older_than') ?? null;
    if (duration !== null) checkDuration(duration);
  }
}

function parseConfig(value: string): { readonly [key: string]: Json } {
  const config = parseJsonExactly(value);
  if (!isObject(config)) throw invalidParameter('Trace archival config must be encoded as a JSON object.');
  return config;
}

function checkDuration(duration: Json): void {
  const trimmed = typeof duration === 'string' ? duration.trim() : '';
  if (trimmed.length > longestDuration) {
    throw invalidParameter(brief`Trace archival duration must be at most ${longestDuration} characters.`);
  }
  if (!/^[1-9][0-9]*[mhd]$/.test(trimmed)) {
    throw invalidParameter(
      "Trace archival retention must be in the form `<int><unit>`, where unit is one of 'm', 'h', or 'd'.",
    );
  }
}
