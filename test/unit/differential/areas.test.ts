import { expect } from 'chai';
import fc from 'fast-check';
import { gatewayPathsOf, manifest } from '../../../backend/manifest/index.ts';
import { areas } from '../../differential/areas/index.ts';

/** A request as the manifest writes it: `POST /api/2.0/mlflow/runs/create`. */
const routes = manifest.flatMap((route) =>
  gatewayPathsOf(route).map((path) => ({
    name: `${route.method} ${path}`,
    method: route.method as string,
    // What stands in braces is the rest of the path, or one segment of it.
    pattern: new RegExp(
      `^${path
        .replaceAll('.', '\\.')
        .replaceAll(/\{\w+:path\}/g, '.+')
        .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
    ),
  })),
);

describe('the areas of the differential test', () => {
  it('generate every request of the manifest but the one for the page that tells what this is', () => {
    const sent = new Set(
      areas
        .flatMap(({ sequences, world = [] }) => [...world, ...fc.sample(sequences, { numRuns: 600, seed: 1 }).flat()])
        .map(({ method, path }) => `${method} ${path.replace(/\?.*$/s, '').replaceAll(/\{\{\w+\}\}/g, 'v')}`),
    );
    const requests = [...sent].map((request) => request.split(' ') as [string, string]);
    const missing = routes.filter(
      ({ method, pattern }) => !requests.some(([itsMethod, path]) => itsMethod === method && pattern.test(path)),
    );
    expect(missing.map(({ name }) => name)).to.deep.equal(['GET /']);
  });
});
