import { expect } from 'chai';
import { gatewayPathsOf, manifest } from '../../../backend/manifest/index.ts';
import type { RouteSpec } from '../../../backend/manifest/index.ts';
import { coverage, report } from '../../coverage/coverage.ts';
import { mlflowOperations, parseOperations } from '../../coverage/mlflow-operations.ts';

const list = parseOperations(
  [
    '# a comment',
    'area\tmethod\tpath\tsurfaces\twho',
    'files\tGET\t/files/{name:path}\tapi\tclient',
    'files\tGET\t/files/{name}\tajax-api\tclient',
    'files\tPUT\t/files/{name}\tapi,ajax-api\tclient',
    'root\tGET\t/health\troot\tneither',
  ].join('\n'),
);
const route = (method: RouteSpec['method'], path: RouteSpec['path'], surfaces: RouteSpec['surfaces']): RouteSpec => ({
  ...{ id: 'a.b', area: 'root', access: 'read', streamed: false },
  ...{ method, path, surfaces },
});
const counts = (routes: readonly RouteSpec[]) =>
  coverage(routes, list).map(({ area, served, missing }) => [area, served.length, missing.length]);

describe('API coverage', () => {
  it('takes two spellings of a path for one operation, with the surfaces of both', () => {
    expect(list.map(({ method, path, surfaces }) => [method, path, [...surfaces]])).to.deep.equal([
      ['GET', '/files/{name}', ['api', 'ajax-api']],
      ['PUT', '/files/{name}', ['api', 'ajax-api']],
      ['GET', '/health', ['root']],
    ]);
  });

  it('counts an operation as served on all its surfaces only', () => {
    expect(counts([])).to.deep.equal([
      ['files', 0, 2],
      ['root', 0, 1],
    ]);
    const routes = [route('GET', '/files/{name:path}', ['api', 'ajax-api']), route('GET', '/health', ['root'])];
    expect(counts(routes)).to.deep.equal([
      ['files', 1, 1],
      ['root', 1, 0],
    ]);
    expect(counts([route('PUT', '/files/{name}', ['api'])])[0]).to.deep.equal(['files', 0, 2]);
  });

  it('prints what is served and what is missing', () => {
    expect(report(coverage([route('GET', '/health', ['root'])], list)).split('\n')).to.deep.equal([
      'files     0 of   2',
      '    - GET    /files/{name} (ajax-api, api)',
      '    - PUT    /files/{name} (ajax-api, api)',
      'root      1 of   1',
      '    + GET    /health (root)',
      '',
      'served    1 of   3',
    ]);
  });

  it('knows the 271 operations of MLflow 3.17.2, and each that the gateway lets through is one of them', () => {
    const areas = coverage(manifest, mlflowOperations());
    expect(areas.flatMap(({ served, missing }) => [...served, ...missing]).length).to.equal(271);
    expect(areas.flatMap(({ served }) => served).length).to.equal(
      manifest.filter((route) => gatewayPathsOf(route).length > 0).length,
    );
  });
});
