import { manifest, service } from '../../backend/manifest/index.ts';
import { definitionFolder } from '../emit/index.ts';
import { createEngine, DefinitionError, readDefinition } from '../engine/index.ts';
import type { Engine, Outcome } from '../engine/index.ts';
import type { Files } from '../files.ts';
import { samplesOf } from '../validate/samples.ts';

const context = '/gateway/topology';

async function engineOf(files: Files): Promise<Engine> {
  const text = (name: string): string => files.get(`${definitionFolder}/${name}`) ?? '';
  const definition = await readDefinition(text('service.xml'), text('rewrite.xml'));
  return createEngine(definition, { context, serviceUrl: 'http://backend' });
}

const shown = (outcome: Outcome): string =>
  outcome.kind === 'forwarded' ? outcome.url : `${String(outcome.status)} (${outcome.reason})`;

/**
 * The manifest's routes that the committed files treat otherwise than fresh ones: one text each, by its first request
 * that differs.
 */
export async function changedRoutes(fresh: Files, committed: Files): Promise<readonly string[]> {
  let found: Engine;
  try {
    found = await engineOf(committed);
  } catch (error) {
    if (error instanceof DefinitionError) return [`every route: the files cannot be applied: ${error.message}`];
    throw error;
  }
  const wanted = await engineOf(fresh);
  const changed = new Map<string, string>();
  for (const { id, method, path, query } of samplesOf(manifest)) {
    const incoming = { target: `${context}/${service.name}${path}${query}`, user: 'user' };
    const [is, should] = [shown(found.map(incoming)), shown(wanted.map(incoming))];
    if (is !== should && !changed.has(id)) {
      changed.set(id, `route ${id}: ${method} ${path}${query} becomes ${is}, and should ${should}`);
    }
  }
  return [...changed.values()];
}
