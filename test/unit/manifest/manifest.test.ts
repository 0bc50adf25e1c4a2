import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { manifest, pathsOf } from '../../../backend/manifest/index.ts';

/** `METHOD /full/path` of every operation of MLflow's list; a converter such as `:path` is left out. */
function mlflowOperations(): Set<string> {
  const operations = new Set<string>();
  const rows = readFileSync(new URL('../../data/mlflow-3.17-endpoints.tsv', import.meta.url), 'utf8').split('\n');
  for (const row of rows.filter((line) => line !== '' && !line.startsWith('#')).slice(1)) {
    const [, method, path, surfaces] = row.split('\t') as [string, string, string, string];
    for (const surface of surfaces.split(',')) {
      operations.add(`${method} ${surface === 'root' ? '' : `/${surface}`}${withoutConverter(path)}`);
    }
  }
  return operations;
}

const withoutConverter = (path: string): string => path.replaceAll(/:path\}/g, '}');

describe('the route manifest', () => {
  it('gives each id once', () => {
    const ids = manifest.map((route) => route.id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('gives each method and path once', () => {
    const operations = manifest.flatMap((route) => pathsOf(route).map((path) => `${route.method} ${path}`));
    expect(new Set(operations).size).to.equal(operations.length);
  });

  it("names nothing that MLflow's server does not have", () => {
    const known = mlflowOperations();
    for (const route of manifest) {
      for (const path of pathsOf(route)) expect(known).to.include(`${route.method} ${withoutConverter(path)}`);
    }
  });
});
