import { invalidParameter } from '../../errors.ts';
import { stringRepr } from '../../wire/json/repr.ts';
import { invalidValue } from '../../wire/validators.ts';

/** Python's `[/\w.\- :]*`, whose `$` lets one line break through at the end. */
const allowed = /^[/\p{L}\p{N}_.\- :]*\n?$/u;

const badCharacter =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

/**
 * Checks the name of a metric, param or tag. Names may become file names, so none may mean another path than it spells.
 * @param path what the message calls it, such as `metrics[0].name`
 * @throws MlflowError
 */
export function checkName(name: string, path: string): void {
  if (!allowed.test(name)) throw invalidParameter(invalidValue(path, name, badCharacter));
  checkUniquePath(name, path);
}

/** @throws MlflowError where the name, taken for a path, would be another one */
export function checkUniquePath(name: string, path: string): void {
  const resolved = normalisePath(name);
  if (resolved !== name || resolved === '.' || resolved.startsWith('..') || resolved.startsWith('/')) {
    const reason =
      'Names may be treated as files in certain cases, and must not resolve to other names when treated as such.' +
      ` This name would resolve to ${stringRepr(resolved)}`;
    throw invalidParameter(invalidValue(path, name, reason));
  }
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
