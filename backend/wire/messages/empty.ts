import { message } from '../message.ts';

/** The answer of every operation that answers `{}`. */
export const EmptyResponse = message('Response', {});
