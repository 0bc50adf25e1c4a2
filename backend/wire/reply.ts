import type { Reply } from '../handler.ts';
import { encode } from './encode.ts';
import type { Message, MessageOf } from './message.ts';

const jsonHeaders = { 'content-type': 'application/json' } as const;

/** The answer 200 with a message as its body. */
export function reply<M extends Message>(message: M, value: MessageOf<M>): Reply {
  return jsonReply(encode(message, value));
}

/** The answer 200 with JSON text as its body. */
export function jsonReply(body: string): Reply {
  return { status: 200, headers: jsonHeaders, body };
}
