import { int64, isInt64 } from '../../entities/int64.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import { floatRepr, parseFloatText, parseIntText } from '../../wire/json/python.ts';
import { member } from '../../wire/json/value.ts';
import type { Json } from '../../wire/json/value.ts';
import { decodePageToken, encodePageToken, wrongPosition } from '../page-token.ts';

/** The token of the page behind this point. It names the point itself, so points logged meanwhile shift nothing. */
export function tokenBehind({ timestamp, step, value }: MetricPoint): string {
  return encodePageToken({ timestamp: String(timestamp), step: String(step), value: floatRepr(value) });
}

/** @throws MlflowError where the token is none of ours */
export function positionOf(token: string, key: string): MetricPoint {
  const position = decodePageToken(token);
  const [timestamp, step, value] = ['timestamp', 'step', 'value'].map((name) => member(position, name));
  const parsed = {
    timestamp: int64Of(timestamp),
    step: int64Of(step),
    value: typeof value === 'string' ? parseFloatText(value) : undefined,
  };
  if (parsed.timestamp === undefined || parsed.step === undefined || parsed.value === undefined) {
    throw wrongPosition(position);
  }
  return { key, value: parsed.value, timestamp: parsed.timestamp, step: parsed.step };
}

function int64Of(text: Json | undefined): Int64 | undefined {
  const integer = typeof text === 'string' ? parseIntText(text) : undefined;
  return integer !== undefined && isInt64(integer) ? int64(integer) : undefined;
}
