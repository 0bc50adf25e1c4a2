import { DefinitionError } from './definition.ts';

/** Where a rule sends what it matched. */
export interface Template {
  /** The role whose service URL it begins with. */
  readonly role: string;
  /** What stands between the service URL and `{**}`, without a slash at its end. */
  readonly path: string;
  /** Ends in `{**}`, the segments that the pattern took. */
  readonly takesPath: boolean;
  readonly takesQuery: boolean;
}

/**
 * Reads `{$serviceUrl[ROLE]}/literal/{**}?{**}`, where `/literal`, `{**}` and `?{**}` may be absent.
 * @throws DefinitionError for anything else
 */
export function parseTemplate(source: string): Template {
  const match = /^\{\$serviceUrl\[([^\]]+)\]\}((?:\/[^/?{}*]+)*)\/(\{\*\*\})?(\?\{\*\*\})?$/.exec(source);
  if (!match) throw new DefinitionError(`'${source}': only {$serviceUrl[ROLE]}/path/{**}?{**} is supported`);
  const [, role = '', path = '', rest, query] = match;
  return { role, path, takesPath: rest !== undefined, takesQuery: query !== undefined };
}

/** The service URL, the path, and what `{**}` took; a template without it ends in a slash. */
export function expandPath(template: Template, serviceUrl: string, rest: readonly string[]): string {
  const base = serviceUrl.replace(/\/$/, '') + template.path;
  return template.takesPath ? [base, ...rest].join('/') : `${base}/`;
}
