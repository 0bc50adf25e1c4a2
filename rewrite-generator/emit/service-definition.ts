import { mlflowVersion, gatewayPathsOf, service } from '../../backend/manifest/index.ts';
import type { RouteSpec } from '../../backend/manifest/index.ts';
import { dispatch } from './dispatch.ts';
import type { DispatchKind } from './dispatch.ts';
import { names } from './rewrite-rules.ts';
import { knoxRoutes } from './routes.ts';
import type { Grouping } from './routes.ts';
import { element, text } from './xml.ts';
import type { XmlElement } from './xml.ts';

const context = `/${service.name}`;

/** The route ids that Knox's home page shows as samples, with what it says of each. */
const samples: readonly { id: string; description: string }[] = [
  { id: 'root.version', description: 'The MLflow version whose API is served' },
  { id: 'experiments.searchByQuery', description: 'List the experiments' },
];

const sampleQueries: Readonly<Record<string, string>> = { 'experiments.searchByQuery': '?max_results=10' };

function samplePath(manifest: readonly RouteSpec[], id: string): string {
  const route = manifest.find((candidate) => candidate.id === id);
  const path = route && gatewayPathsOf(route)[0];
  if (path === undefined) throw new Error(`the sample '${id}' is not in the manifest`);
  return path + (sampleQueries[id] ?? '');
}

/** What Knox's metadata service and home page tell of the service; nothing of it changes a request. */
function metadata(manifest: readonly RouteSpec[]): XmlElement {
  return element('metadata', {}, [
    text('type', 'API'),
    text('context', context),
    text('shortDesc', 'Kirka'),
    text('description', `Experiment tracking by the REST API of MLflow ${mlflowVersion}.`),
    element(
      'samples',
      {},
      samples.map(({ id, description }) =>
        element('sample', {}, [
          text('description', description),
          text('method', 'GET'),
          text('path', samplePath(manifest, id).slice(1)),
        ]),
      ),
    ),
  ]);
}

/**
 * A route states all of its rewriting: Knox gives a route without any that of the route before it. The rule is pinned,
 * for a URL that no rule matches is kept, and its host is what the client's Host header says: Knox would send the
 * request there, secret included. A pinned rule that does not match is an error.
 */
function route(path: string): XmlElement {
  const rule = path === context ? names.page : names.path;
  return element('route', { path }, [
    element('rewrite', { apply: rule, to: 'request.url' }),
    element('rewrite', { apply: names.raw, to: 'request.body' }),
    element('rewrite', { apply: names.raw, to: 'response.body' }),
  ]);
}

/** service.xml: which paths enter, with which filters, and by which dispatch they leave. */
export function serviceDefinition(
  manifest: readonly RouteSpec[],
  options: { readonly grouping: Grouping; readonly dispatch: DispatchKind },
): XmlElement {
  return element('service', { role: service.role, name: service.name, version: service.version }, [
    metadata(manifest),
    element('routes', {}, knoxRoutes(manifest, options.grouping).map(route)),
    dispatch(options.dispatch),
    element(
      'testURLs',
      {},
      ['root.health', ...samples.map(({ id }) => id)].map((id) => text('testURL', context + samplePath(manifest, id))),
    ),
  ]);
}
