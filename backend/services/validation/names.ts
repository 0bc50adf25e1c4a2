import { brief } from '../../brief.ts';
import { truncate } from '../../code-points.ts';
import { invalidParameter } from '../../errors.ts';
import { shownRepr } from '../../wire/json/repr.ts';
import { invalidValue } from '../../wire/validators.ts';

/** Python's `[/\w.\- :]*`, whose `$` lets one line break through at the end. */
const allowed = /^[/\p{L}\p{N}_.\- :]*\n?$/u;

const badCharacter =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

/** As much of a name as is looked at closely: nothing has a longer one. */
const beginningOf = (name: string): string => truncate(name, 10_000);

/**
 * Checks the name of a metric, param or tag. Names may become file names, so none may mean another path than it spells.
 * @param path what the message calls it, such as `metrics[0].name`
 * @throws MlflowError
 */
export function checkName(name: string, path: string): void {
  if (!allowed.test(beginningOf(name))) throw invalidParameter(invalidValue(path, name, badCharacter));
  checkUniquePath(name, path);
}

/** A segment that names nothing or leads up, or two dots in front. */
const resolvesElsewhere = /^\.\.|(?:^|\/)\.{0,2}(?:\/|$)/;

/** @throws MlflowError where the name, taken for a path, would be another one */
export function checkUniquePath(name: string, path: string): void {
  if (!resolvesElsewhere.test(name)) return;
  const resolved = normalisePath(beginningOf(name));
  const reason =
    'Names may be treated as files in certain cases, and must not resolve to other names when treated as such.' +
    brief` This name would resolve to ${shownRepr(resolved)}`;
  throw invalidParameter(invalidValue(path, name, reason));
}

/** `posixpath.normpath`: unlike Node's it drops a slash at the end and keeps exactly two at the start. */
export function normalisePath(path: string): string {
  if (path === '') return '.';
  const slashes = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const isUp = part === '..';
    if (!isUp || (slashes === '' && parts.length === 0) || parts.at(-1) === '..') parts.push(part);
    else parts.pop();
  }
  return slashes + parts.join('/') || '.';
}
