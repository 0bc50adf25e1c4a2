import { int64 } from '../../entities/int64.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import { floatRepr, parseFloatText, parseIntText } from '../../wire/json/python.ts';
import { member } from '../../wire/json/value.ts';
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
    timestamp: typeof timestamp === 'string' ? parseIntText(timestamp) : undefined,
    step: typeof step === 'string' ? parseIntText(step) : undefined,
    value: typeof value === 'string' ? parseFloatText(value) : undefined,
  };
  if (parsed.timestamp === undefined || parsed.step === undefined || parsed.value === undefined) {
    throw wrongPosition(position);
  }
  return { key, value: parsed.value, timestamp: int64(parsed.timestamp), step: int64(parsed.step) };
}
