import { manifest as ours } from '../../backend/manifest/index.ts';
import type { RouteSpec } from '../../backend/manifest/index.ts';
import { createEngine, DefinitionError, readDefinition, readXml } from '../engine/index.ts';
import type { Definition } from '../engine/index.ts';
import { shapes, unknownParts } from './known-elements.ts';
import { samplesOf } from './samples.ts';

const deployment = { context: '/gateway/topology', serviceUrl: 'http://backend' };

function namingProblems({ role, version, rules, filters }: Definition): readonly string[] {
  const named = [...rules.map(({ name }) => name), ...filters];
  return [
    // Knox keeps several versions side by side and takes the numerically highest.
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`service.xml: the version '${version}' is not x.y.z`]),
    ...named
      .filter((name) => !name.startsWith(`${role}/`))
      .map((name) => `rewrite.xml: '${name}' must begin with '${role}/', or it belongs to another service`),
    ...named
      .filter((name, index) => named.indexOf(name) !== index)
      .map((name) => `rewrite.xml: '${name}' is defined twice`),
    ...rules
      .filter(({ dir }) => dir !== 'IN')
      .map(({ name }) => `rewrite.xml: rule ${name}: only requests are rewritten, dir must be 'IN'`),
  ];
}

function routeProblems({ routes, filters, rawFilters }: Definition): readonly string[] {
  return routes.flatMap(({ path, rewrites }) =>
    (['request.body', 'response.body'] as const).flatMap((to) => {
      const filter = rewrites[to];
      const where = `service.xml: route ${path}: ${to}`;
      if (filter === undefined) return [`${where} has no filter, so Knox writes JSON, XML and HTML anew`];
      if (!filters.includes(filter)) return [`${where}: there is no filter ${filter}`];
      return rawFilters.includes(filter) ? [] : [`${where}: the filter ${filter} does not pass every type as it is`];
    }),
  );
}

function mappingProblems(definition: Definition, manifest: readonly RouteSpec[]): readonly string[] {
  const engine = createEngine(definition, deployment);
  return samplesOf(manifest).flatMap(({ id, method, path, query }) => {
    const target = `${deployment.context}/${definition.name}${path}${query}`;
    const outcome = engine.map({ target, user: 'user' });
    const wanted = `${deployment.serviceUrl}${path}`;
    if (outcome.kind === 'forwarded' && outcome.url.split('?')[0] === wanted) return [];
    const found = outcome.kind === 'forwarded' ? outcome.url : `${String(outcome.status)}: ${outcome.reason}`;
    return [`${id}: ${method} ${path}${query} must reach ${wanted}, not ${found}`];
  });
}

/**
 * What is wrong with a service definition, without a Knox: the empty list if nothing is.
 * @param manifest - what it must serve
 */
export async function validate(
  serviceXml: string,
  rewriteXml: string,
  manifest: readonly RouteSpec[] = ours,
): Promise<readonly string[]> {
  try {
    const [service, rules] = [
      await readXml('service.xml', serviceXml, 'service'),
      await readXml('rewrite.xml', rewriteXml, 'rules'),
    ];
    const unknown = [
      ...unknownParts(service, shapes.service).map((problem) => `service.xml: ${problem}`),
      ...unknownParts(rules, shapes.rules).map((problem) => `rewrite.xml: ${problem}`),
    ];
    if (unknown.length > 0) return unknown;
    const definition = await readDefinition(serviceXml, rewriteXml);
    return [...namingProblems(definition), ...routeProblems(definition), ...mappingProblems(definition, manifest)];
  } catch (error) {
    if (error instanceof DefinitionError) return [error.message];
    throw error;
  }
}
