import { brief } from '../brief.ts';
import { invalidParameter } from '../errors.ts';
import type { MlflowError } from '../errors.ts';
import { decodeBase64 } from '../wire/json/base64.ts';
import { parseJsonExactly } from '../wire/json/parse.ts';
import { shownBytes, shownRepr } from '../wire/json/repr.ts';
import { isObject } from '../wire/json/value.ts';
import type { Json, JsonObject } from '../wire/json/value.ts';

/** A page token: opaque to clients, JSON in base64 as MLflow's are. */
export function encodePageToken(position: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

/** @throws MlflowError in the server's words */
export function decodePageToken(token: string): JsonObject {
  const bytes = decodeBase64(token);
  if (bytes === undefined) throw invalidParameter('Invalid page token, could not base64-decode');
  const position = parseJsonExactly(bytes.toString('utf8'));
  if (position === undefined) throw invalidParameter(brief`Invalid page token, decoded value=${shownBytes(bytes)}`);
  if (!isObject(position)) throw wrongPosition(position);
  return position;
}

/** For a token that is JSON, but none of ours. */
export const wrongPosition = (position: Json): MlflowError =>
  invalidParameter(brief`Invalid page token, parsed value=${shownRepr(position)}`);
