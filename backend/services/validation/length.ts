import { invalidParameter } from '../../errors.ts';

/** Length in code points. */
export function lengthOf(text: string): number {
  let surrogates = 0;
  for (let i = 0; i < text.length; i++) if (isLowHalf(text, i)) surrogates++;
  return text.length - surrogates;
}

/** @throws MlflowError where the text is longer than `limit` code points */
export function checkLength(what: string, text: string, limit: number): void {
  if (text.length > limit && lengthOf(text) > limit) {
    throw invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}

/** The first `limit` code points: MLflow cuts what is too long for a value. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) end += isLowHalf(text, end + 1) ? 2 : 1;
  return text.slice(0, end);
}

function isLowHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}
