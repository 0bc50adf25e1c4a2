import { manifest, service } from '../../backend/manifest/index.ts';
import type { RouteSpec } from '../../backend/manifest/index.ts';
import { descriptor, providerConfigName, sharedProvider } from './descriptor.ts';
import type { DispatchKind } from './dispatch.ts';
import { passwordCache, passwordCacheFile } from './password-cache.ts';
import { rewriteRules } from './rewrite-rules.ts';
import type { Grouping } from './routes.ts';
import { serviceDefinition } from './service-definition.ts';
import { topology } from './topology.ts';
import { toDocument } from './xml.ts';

/** What is emitted can vary in two ways; the committed files are made with the defaults. */
export interface EmitOptions {
  readonly grouping: Grouping;
  readonly dispatch: DispatchKind;
}

export const defaultOptions: EmitOptions = { grouping: 'exact', dispatch: 'kirka' };

/** The service definition's folder, under knox-service. */
export const definitionFolder = `${service.name}/${service.version}`;

const origin = 'Generated from backend/manifest by "npm run generate"; edits here are undone and fail the check.';

/** Every generated file: path under knox-service, with `/`, to content. */
export function emit(
  options: EmitOptions = defaultOptions,
  routes: readonly RouteSpec[] = manifest,
): ReadonlyMap<string, string> {
  return new Map([
    [`${definitionFolder}/service.xml`, toDocument(serviceDefinition(routes, options), origin)],
    [`${definitionFolder}/rewrite.xml`, toDocument(rewriteRules(), origin)],
    ['topologies/sandbox.xml', toDocument(topology({ ha: false }), origin)],
    ['topologies/sandbox-ha.xml', toDocument(topology({ ha: true }), origin)],
    [`shared-providers/${providerConfigName}.json`, sharedProvider()],
    ['descriptors/sandbox.json', descriptor()],
    [`conf/${passwordCacheFile}`, toDocument(passwordCache(), origin)],
  ]);
}
