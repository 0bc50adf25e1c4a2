import { decodedSegments } from './decoded-path.ts';
import { DefinitionError } from './definition.ts';
import type { Definition } from './definition.ts';
import { compareSpecificity, matchSegments, parsePattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { QueryError, rewriteQuery } from './query.ts';
import { expandPath, parseTemplate } from './template.ts';
import type { Template } from './template.ts';

/** What becomes of a request: where it is sent, or the status that Knox answers by itself, and why. */
export type Outcome =
  | { readonly kind: 'forwarded'; readonly url: string; readonly route: string; readonly rule: string }
  | { readonly kind: 'refused'; readonly status: 400 | 404 | 500; readonly reason: string };

/** A request as far as rewriting looks at it. */
export interface Incoming {
  /** The raw request target, `/gateway/<topology>/...`. */
  readonly target: string;
  /** Who signed in. */
  readonly user: string;
}

/** Applies one service definition as Knox does. */
export interface Engine {
  map(incoming: Incoming): Outcome;
}

/** Where a definition is deployed. */
export interface Deployment {
  /** `gateway.path` and the topology: `/gateway/sandbox`. */
  readonly context: string;
  /** URL of the service in the topology. */
  readonly serviceUrl: string;
}

interface Rule {
  readonly name: string;
  readonly pattern: Pattern;
  readonly template: Template;
}

interface Route {
  readonly path: string;
  readonly pattern: Pattern;
  readonly rule: Rule;
}

/** What java.net.URI takes in a path. */
const uriPath = /^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9a-f]{2})*$/i;

const refused = (status: 400 | 404 | 500, reason: string): Outcome => ({ kind: 'refused', status, reason });
const filled = (segments: readonly string[]): readonly string[] => segments.filter((segment) => segment !== '');

function readRoutes({ routes, rules }: Definition): readonly Route[] {
  const known = new Map(
    rules.map(({ name, pattern, template }): [string, Rule] => [
      name,
      { name, pattern: parsePattern(pattern), template: parseTemplate(template) },
    ]),
  );
  return routes
    .map(({ path, rewrites }) => {
      const name = rewrites['request.url'];
      if (name === undefined) throw new DefinitionError(`service.xml: route ${path}: only a pinned rule is supported`);
      const rule = known.get(name);
      if (!rule) throw new DefinitionError(`service.xml: route ${path}: there is no rule ${name}`);
      return { path, pattern: parsePattern(path), rule };
    })
    .sort((a, b) => compareSpecificity(a.pattern, b.pattern));
}

/** Knox reads the decoded path as a URL again: an escaped `?` ends it, and an escaped `#` begins what no route has. */
function findRoute(routes: readonly Route[], inside: readonly string[]): Route | undefined {
  // Two slashes behind the topology begin a host to Knox.
  if (inside[0] === '') return undefined;
  const text = inside.join('/');
  const segments = filled(text.replace(/[?#].*$/s, '').split('/'));
  const fits = ({ pattern }: Route): boolean => !text.includes('#') || pattern.segments.at(-1)?.kind === 'glob';
  return routes.find((route) => fits(route) && matchSegments(route.pattern, segments) !== undefined);
}

/**
 * Builds the engine of a definition.
 * @throws DefinitionError where it holds what is not supported
 */
export function createEngine(definition: Definition, { context, serviceUrl }: Deployment): Engine {
  const routes = readRoutes(definition);
  const outside = filled(context.split('/'));

  return {
    map({ target, user }) {
      const at = target.indexOf('?');
      const rawPath = at < 0 ? target : target.slice(0, at);
      const decoded = decodedSegments(rawPath);
      if (!decoded) return refused(400, 'The path has a bad escape, or leaves its root.');
      const isInside = outside.every((segment, index) => segment === decoded[index]);
      const route = isInside ? findRoute(routes, decoded.slice(outside.length)) : undefined;
      if (!route) return refused(404, 'No route of the service definition matches.');

      const { name, pattern, template } = route.rule;
      const rest = matchSegments(pattern, filled(rawPath.split('/')));
      if (!rest) return refused(500, `The path has a route, but the rule ${name} does not match it as it was sent.`);
      if (!uriPath.test(rest.join('/'))) return refused(500, 'The path holds a character that no URI may hold.');
      try {
        const lost = new Set(['*', '**', template.role]);
        const query = rewriteQuery(at < 0 || !template.takesQuery ? '' : target.slice(at + 1), user, lost);
        const url = `${expandPath(template, serviceUrl, rest)}?${query}`;
        return { kind: 'forwarded', url, route: route.path, rule: name };
      } catch (error) {
        if (error instanceof QueryError) return refused(500, `The query cannot be decoded: ${error.message}.`);
        throw error;
      }
    },
  };
}
