import { truncate } from './code-points.ts';

/** Most code points of one value in a message. No name that MLflow's server takes is longer. */
const mostShown = 500;

/** As many UTF-16 units hold what is shown of a value, and one more tells that there is more: nobody need print further. */
export const enoughToShow = 2 * mostShown;

/** The text; where it is longer than `most` code points, its beginning and `...`. */
export function cut(text: string, most = mostShown): string {
  const start = truncate(text, most);
  return start.length === text.length ? text : `${start}...`;
}

/**
 * A message about values of a request, each of them cut: a client may send as many megabytes as a body may have, and
 * nobody reads them in an answer or a log.
 */
export function brief(texts: TemplateStringsArray, ...values: readonly (string | number | bigint)[]): string {
  return texts.reduce((message, text, index) => message + cut(String(values[index - 1])) + text);
}
