import { lengthOf } from '../../code-points.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';

/** @throws MlflowError where the text is longer than `limit` code points */
export function checkLength(what: string, text: string, limit: number): void {
  if (text.length > limit && lengthOf(text) > limit) {
    throw invalidParameter(brief`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}
