/** The dependency rules of CONTRIBUTING.md, checked. A rule's comment says why it holds. */
const only = (name, comment, pathOwner, target) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(bin|backend|rewrite-generator|knox-service)/', pathNot: pathOwner },
  to: { path: target },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means two files are one thing, or the wrong way round.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'manifest-is-a-leaf',
      comment: 'The manifest is plain data: the generator and the backend both read it, so it may read neither.',
      severity: 'error',
      from: { path: '^backend/manifest/' },
      to: { pathNot: '^backend/manifest/' },
    },
    {
      name: 'generator-sees-only-the-manifest',
      comment: 'The XML is a function of the manifest and of nothing else in the backend.',
      severity: 'error',
      from: { path: '^rewrite-generator/' },
      to: { path: '^backend/', pathNot: '^backend/(manifest|identity/header-names)' },
    },
    {
      name: 'backend-never-sees-the-generator',
      comment: 'A backend runs without the generator, the gateway and Knox.',
      severity: 'error',
      from: { path: '^backend/' },
      to: { path: '^(rewrite-generator|knox-service|bin|test)/' },
    },
    {
      name: 'product-never-sees-tests',
      severity: 'error',
      from: { path: '^(bin|backend|rewrite-generator|knox-service)/' },
      to: { path: '^test/' },
    },
    {
      name: 'stores-know-no-http',
      comment: 'No store code knows the API: it answers the store contract.',
      severity: 'error',
      from: { path: '^backend/(stores|artifacts)/' },
      to: { path: '^backend/(handlers|http|wire|router|app|server|identity)' },
    },
    {
      name: 'imports-know-no-server',
      comment: 'What is imported from is an interface: backend/mlflow-server is one, and commands put it in.',
      severity: 'error',
      from: { path: '^backend/', pathNot: '^backend/mlflow-server/' },
      to: { path: '^backend/mlflow-server/' },
    },
    only('lmdb-in-its-store', 'One engine, one folder.', '^backend/stores/lmdb/', 'node_modules/lmdb/'),
    only('webhdfs-in-its-store', 'One engine, one folder.', '^backend/artifacts/webhdfs/', 'node_modules/webhdfs/'),
    only(
      'hbase-in-its-store',
      'Its own connection takes any certificate: it may run over our transport alone.',
      '^backend/stores/hbase/rest/npm-client',
      'node_modules/hbase/',
    ),
    only(
      'kerberos-in-its-folder',
      'An optional peer: whoever needs it loads it late.',
      '^backend/remote/kerberos/',
      'node_modules/kerberos/',
    ),
    only(
      'express-at-the-edge',
      'Handlers and services do not know express.',
      '^backend/(app|router|server|http/)|^knox-service/local-gateway/',
      'node_modules/express/',
    ),
    only(
      'proxy-in-the-local-gateway',
      'Only the local gateway proxies.',
      '^knox-service/local-gateway/',
      'node_modules/http-proxy-middleware/',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
