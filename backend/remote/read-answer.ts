import type { RemoteAnswer, StreamedAnswer } from './contract.ts';

/** An answer that is meant to be read into memory has more than fits. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/**
 * Reads the body into memory.
 * @throws AnswerTooLarge; RemoteUnavailable where it is cut
 */
export async function readAnswer(answer: StreamedAnswer, limit: number): Promise<RemoteAnswer> {
  const tooLarge = (): AnswerTooLarge => new AnswerTooLarge(`the answer has more than ${limit} bytes`);
  if (Number(answer.headers['content-length'] ?? 0) > limit && answer.status !== 304) {
    answer.body.destroy();
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop by an error destroys the body, and its connection with it.
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return { ...answer, body: Buffer.concat(chunks, length) };
}
