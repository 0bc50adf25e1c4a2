import { expect } from 'chai';
import { gatewayPathsOf, manifest, pathsOf, surfacePrefix } from '../../../backend/manifest/index.ts';
import { mlflowOperations, withoutConverter } from '../../coverage/mlflow-operations.ts';

describe('the route manifest', () => {
  it('gives each id once', () => {
    const ids = manifest.map((route) => route.id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('gives each method and path once', () => {
    const operations = manifest.flatMap((route) => pathsOf(route).map((path) => `${route.method} ${path}`));
    expect(new Set(operations).size).to.equal(operations.length);
  });

  it("lets nothing through the gateway that MLflow's server does not have, and keeps one path to itself", () => {
    const known = mlflowOperations().flatMap(({ method, path, surfaces }) =>
      [...surfaces].map((surface) => `${method} ${surfacePrefix[surface]}${path}`),
    );
    for (const route of manifest) {
      for (const path of gatewayPathsOf(route)) expect(known).to.include(`${route.method} ${withoutConverter(path)}`);
    }
    const kept = manifest.filter((route) => gatewayPathsOf(route).length < pathsOf(route).length);
    expect(kept.flatMap(pathsOf)).to.deep.equal(['/ready']);
  });
});
