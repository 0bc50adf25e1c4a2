import { DefinitionError } from './definition.ts';

/** How one segment of a pattern matches: itself, any one segment, or one and more. */
export type Segment =
  { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'star' } | { readonly kind: 'glob' };

/** A route's path, or a rule's pattern, in the part of Knox's notation that definitions like ours need. */
export interface Pattern {
  readonly source: string;
  /** Begins with a scheme, a host and a port, which are all `*`. */
  readonly absolute: boolean;
  readonly segments: readonly Segment[];
  /** Ends in `{**}`, whose segments a template takes. */
  readonly captures: boolean;
  /** Ends in `?{**}` or `?**`. */
  readonly takesQuery: boolean;
}

const anyAddress = '*://*:*/';

/** What Knox takes for a variable or a wildcard, or hands to a regular expression as it is. */
const special = /[{}*()[\]+|^$\\]/;

function readSegment(source: string, text: string, last: boolean): Segment {
  if (text === '*') return { kind: 'star' };
  if (text === '**' || (text === '{**}' && last)) return { kind: 'glob' };
  if (special.test(text)) throw new DefinitionError(`'${source}': the segment '${text}' is not supported`);
  return { kind: 'literal', text };
}

/**
 * Reads a pattern: literal segments, `*`, `**`, a last `{**}`, and behind it `?{**}` or `?**`.
 * @throws DefinitionError for the rest of Knox's notation
 */
export function parsePattern(source: string): Pattern {
  const absolute = source.startsWith(anyAddress);
  const [path = '', query, ...rest] = source.slice(absolute ? anyAddress.length - 1 : 0).split('?');
  if (rest.length > 0 || (query !== undefined && query !== '{**}' && query !== '**')) {
    throw new DefinitionError(`'${source}': of a query only '?{**}' and '?**' are supported`);
  }
  if (!path.startsWith('/')) throw new DefinitionError(`'${source}': must begin with '/' or '${anyAddress}'`);
  const texts = path.split('/').filter((text) => text !== '');
  return {
    source,
    absolute,
    segments: texts.map((text, index) => readSegment(source, text, index === texts.length - 1)),
    captures: texts.at(-1) === '{**}',
    takesQuery: query !== undefined,
  };
}

const rank = { literal: 1, star: 2, glob: 3 } as const;

/** Negative where `a` is the more specific, as Knox has it: more segments, and then a more specific last one. */
export function compareSpecificity(a: Pattern, b: Pattern): number {
  const last = ({ segments }: Pattern): number => rank[segments.at(-1)?.kind ?? 'literal'];
  return b.segments.length - a.segments.length || last(a) - last(b);
}

/**
 * The segments that the pattern's last one takes, none for a pattern without segments; undefined where it does not
 * match. An earlier `**` takes as many as it can.
 */
export function matchSegments({ segments }: Pattern, path: readonly string[]): readonly string[] | undefined {
  const match = (at: number, from: number): readonly string[] | undefined => {
    const segment = segments[at];
    if (!segment) return from === path.length ? [] : undefined;
    if (from >= path.length || (segment.kind === 'literal' && segment.text !== path[from])) return undefined;
    const longest = segment.kind === 'glob' ? path.length : from + 1;
    for (let end = longest; end > from; end--) {
      const rest = match(at + 1, end);
      if (rest) return at === segments.length - 1 ? path.slice(from, end) : rest;
    }
    return undefined;
  };
  return match(0, 0);
}
