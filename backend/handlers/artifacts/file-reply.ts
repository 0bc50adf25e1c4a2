import { createHash } from 'node:crypto';
import type { Call, Reply } from '../../handler.ts';
import type { NamedArtifact } from '../../services/artifacts.ts';
import { byteRange } from './byte-range.ts';
import { attachment } from './content-disposition.ts';
import { mediaType } from './media-type.ts';

/**
 * Where a browser shows the bytes all the same: without scripts, and of no origin. What a page of this origin embeds or
 * fetches (images, a PDF, HTML in a frame of its own) and what is saved is not touched by it.
 */
const harmless = { 'content-security-policy': 'sandbox' };

/** The answer that a file is: whole, or the one range that was asked for. Always an attachment: no browser runs it. */
export async function fileReply(call: Call, { name, file }: NamedArtifact): Promise<Reply> {
  const etag = `"${createHash('sha256').update(file.version).digest('hex').slice(0, 32)}"`;
  const modified = new Date(file.modifiedAt).toUTCString();
  const range = isCurrent(call, etag, modified) ? byteRange(call.header('range'), file.size) : 'whole';
  if (range === 'unsatisfiable') {
    await file.close();
    const headers = {
      ...harmless,
      'content-type': 'text/plain; charset=utf-8',
      'content-range': `bytes */${String(file.size)}`,
    };
    return { status: 416, headers, body: '' };
  }
  const headers = {
    ...harmless,
    'content-type': mediaType(name),
    'content-disposition': attachment(name),
    'accept-ranges': 'bytes',
    'last-modified': modified,
    etag,
  };
  if (range === 'whole') {
    return { status: 200, headers: { ...headers, 'content-length': String(file.size) }, body: file.stream() };
  }
  const { start, end } = range;
  const partial = {
    'content-length': String(end - start + 1),
    'content-range': `bytes ${String(start)}-${String(end)}/${String(file.size)}`,
  };
  return { status: 206, headers: { ...headers, ...partial }, body: file.stream(range) };
}

/** Whether If-Range, where it is given, names the content that there is: else the range would be of another one. */
function isCurrent(call: Call, etag: string, modified: string): boolean {
  const condition = call.header('if-range');
  return condition === undefined || condition === etag || condition === modified;
}
