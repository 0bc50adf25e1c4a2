import { expect } from 'chai';
import { gatewayPathsOf, identityHeaders, manifest, service } from '../../../backend/manifest/index.ts';
import { defaultOptions, emit } from '../../../rewrite-generator/emit/index.ts';
import { knoxRoutes } from '../../../rewrite-generator/emit/routes.ts';
import { providers } from '../../../rewrite-generator/emit/topology.ts';

const serviceXml = (options = defaultOptions): string => emit(options).get('kirka/1.0.0/service.xml') ?? '';

describe('the emitter', () => {
  it('writes the same files every time', () => {
    expect([...emit()]).to.deep.equal([...emit()]);
  });

  it('gives every path of the manifest one route of its own, and no other', () => {
    const paths = manifest.flatMap(gatewayPathsOf);
    const routes = knoxRoutes(manifest, 'exact');
    expect(routes).to.have.length(new Set(paths).size);
    expect(routes).to.include.members([
      `/${service.name}`,
      '/kirka/api/2.0/mlflow/runs/create',
      '/kirka/ajax-api/2.0/mlflow-artifacts/artifacts/**',
      '/kirka/get-artifact',
    ]);
    expect(routes.filter((path) => path.includes('{'))).to.deep.equal([]);
    expect(routes).to.not.include('/kirka/ready');
  });

  it('gives a folder one route when it is asked to', () => {
    const routes = knoxRoutes(manifest, 'folder');
    expect(routes).to.include('/kirka/api/2.0/mlflow/runs/**');
    expect(routes).to.not.include('/kirka/**');
    expect(routes.length).to.be.lessThan(knoxRoutes(manifest, 'exact').length / 2);
  });

  it('filters both bodies of every route, each by its own elements', () => {
    const routes = [...serviceXml().matchAll(/<route path="[^"]*">\s*((?:<rewrite [^>]*\/>\s*)*)<\/route>/g)];
    expect(routes).to.have.length(knoxRoutes(manifest, 'exact').length);
    for (const [, rewrites] of routes) {
      expect(rewrites).to.match(/to="request.body"\/>\s*<rewrite apply="KIRKA\/kirka\/raw" to="response.body"\/>/);
    }
  });

  it('tells the plugin the header names of the manifest, and the stock dispatch nothing', () => {
    expect(serviceXml()).to.contain(`<value>${identityHeaders.secret}</value>`).and.contain('KirkaHaDispatch');
    const stock = serviceXml({ ...defaultOptions, dispatch: 'stock' });
    expect(stock).to.contain('org.apache.knox.gateway.dispatch.DefaultDispatch').and.not.contain('org.kirka');
  });

  it('names Shiro objects so that they are set before they are used when Knox sorts the parameters', () => {
    for (const { params } of providers({ ha: false })) {
      const names = Object.keys(params);
      expect(names).to.deep.equal([...names].sort());
      Object.values(params).forEach((value, index) => {
        if (value.startsWith('$')) expect(names.slice(0, index)).to.include(`main.${value.slice(1)}`);
      });
    }
  });

  it('never keeps a session in a cookie', () => {
    expect(emit().get('topologies/sandbox.xml')).to.match(
      /<name>main.kirkaSessions.sessionIdCookieEnabled<\/name>\s*<value>false<\/value>/,
    );
  });

  it('bounds the age of a password that Knox believes, and names the file that says so in every topology', () => {
    const files = emit();
    for (const path of ['topologies/sandbox.xml', 'topologies/sandbox-ha.xml', 'shared-providers/kirka-ldap.json']) {
      expect(files.get(path), path).to.match(
        /main\.cacheManager\.cacheManagerConfigFile\W+(name|value|\s|\W)*classpath:kirka-ehcache\.xml/,
      );
    }
    const cache = files.get('conf/kirka-ehcache.xml');
    expect(cache).to.match(/<expiry>\s*<ttl unit="seconds">120<\/ttl>\s*<\/expiry>/);
  });
});
