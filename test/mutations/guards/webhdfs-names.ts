import type { Mutation } from '../mutation.ts';

const defects = 'unit/artifacts/webhdfs/defects.test.ts';
const reaching = 'unit/artifacts/webhdfs/reaching.test.ts';
const staging = 'unit/artifacts/webhdfs/staging.test.ts';
const names = 'unit/artifacts/webhdfs/names.test.ts';
const backend = 'unit/artifacts/webhdfs/backend.test.ts';
const contract = 'contract/webhdfs-artifact-store.test.ts';
const namespace = 'artifacts/webhdfs/namespace.ts';

const answered = "if (status !== 200 || content['boolean'] === false) throw new Refused(operation);";
const unlooked = (operation: string): string =>
  `if (status !== 200 || (content['boolean'] === false && operation !== '${operation}')) throw new Refused(operation);`;

/** Of the artifact store on WebHDFS: the calls to the NameNode, and the names of artifacts. */
export const webhdfsNameGuards: readonly Mutation[] = [
  {
    guard: 'the boolean of RENAME',
    file: namespace,
    from: answered,
    to: unlooked('rename'),
    tests: defects,
    fails: 'for a refusal: RENAME',
  },
  {
    guard: 'the boolean of MKDIRS',
    file: namespace,
    from: answered,
    to: unlooked('mkdirs'),
    tests: defects,
    fails: 'for a refusal: MKDIRS',
  },
  {
    guard: 'the boolean of SETPERMISSION',
    file: namespace,
    from: answered,
    to: unlooked('setpermission'),
    tests: defects,
    fails: 'for a refusal: SETPERMISSION',
  },
  {
    guard: 'the boolean of DELETE',
    file: namespace,
    from: answered,
    to: unlooked('delete'),
    tests: defects,
    fails: 'deletes what a DataNode makes of an upload a moment after it broke off',
  },
  {
    guard: 'the status of a call that is no error',
    file: namespace,
    from: answered,
    to: "if (content['boolean'] === false) throw new Refused(operation);",
    tests: defects,
    fails: 'takes a call that is answered by a redirect for failed',
  },
  {
    guard: 'a RENAME is not sent twice',
    file: namespace,
    from: "operation !== 'rename'",
    to: "operation !== ''",
    tests: defects,
    fails: 'finds out whether a RENAME was done whose answer was lost',
  },
  {
    guard: 'a RENAME whose answer was lost may have been done',
    file: 'artifacts/webhdfs/publish.ts',
    from: 'if (isUncertain(error) && (await namespace.status(target))?.fileId === staged.fileId) return undefined;',
    to: '',
    tests: defects,
    fails: 'finds out whether a RENAME was done whose answer was lost',
  },
  {
    guard: 'a RENAME replaces a file at once',
    file: namespace,
    from: "rename: { renameoptions: 'OVERWRITE' },",
    to: '',
    tests: contract,
    fails: 'replaces a file',
  },
  {
    guard: 'a list goes on behind its first page',
    file: namespace,
    from: 'if (remaining === 0) break;',
    to: 'break;',
    tests: defects,
    fails: 'lists page after page',
  },
  {
    guard: 'a list does not end with an empty page',
    file: namespace,
    from: 'if (last === undefined || last === startAfter) throw incomplete();',
    to: 'if (last === undefined || last === startAfter) break;',
    tests: defects,
    fails: 'lists page after page',
  },
  {
    guard: 'the pages of a list are of one folder',
    file: namespace,
    from: 'if (before !== undefined && (await this.status(path))?.fileId !== before) throw incomplete();',
    to: '',
    tests: defects,
    fails: 'lists page after page',
  },
  {
    guard: 'a 404 that is not of HDFS',
    file: 'artifacts/webhdfs/hdfs-error.ts',
    from: 'return status === 401',
    to: "return status === 404 ? ['not-found', 'No such artifact'] : status === 401",
    tests: defects,
    fails: 'tells a missing file from a wrong address',
  },
  {
    guard: 'paths that the package does not encode',
    file: 'artifacts/webhdfs/name-node.ts',
    from: "path.split('/').map(encodeURIComponent).join('/')",
    to: 'path',
    tests: defects,
    fails: 'encodes every path',
  },
  {
    guard: 'a NameNode on standby',
    file: 'artifacts/webhdfs/name-node.ts',
    from: "elsewhere.has(exception) ? 'not-done' : true",
    to: 'elsewhere.has(exception) ? true : true',
    tests: reaching,
    fails: 'finds the active one, and again after a failover',
  },
  {
    guard: 'a way that answers 503 has not answered',
    file: 'artifacts/webhdfs/name-node.ts',
    from: 'if (noAnswer.has(status)) return false;',
    to: '',
    tests: reaching,
    fails: 'asks the other one where a proxy answers 503 for the first',
  },
  {
    guard: 'doAs that the cluster refuses',
    file: 'artifacts/webhdfs/hdfs-error.ts',
    from: "case 'AuthorizationException':",
    to: "case 'AnotherException':",
    tests: reaching,
    fails: 'says which setting is missing where the backend may not act for others',
  },
  {
    guard: "a user's own denial",
    file: 'artifacts/webhdfs/hdfs-error.ts',
    from: 'return actingFor === undefined',
    to: "return actingFor !== ''",
    tests: reaching,
    fails: "tells the user's own denial from the backend's",
  },
  {
    guard: 'the domain of a user',
    file: 'artifacts/webhdfs/users.ts',
    from: 'at > 0 && domains.has(user.slice(at + 1).toLowerCase())',
    to: 'at > 0',
    tests: reaching,
    fails: 'refuses whom HDFS cannot know, before anything is sent',
  },
  {
    guard: 'each request is made as its caller',
    file: 'artifacts/webhdfs/store.ts',
    from: 'return this.#parts.accessOf(caller);',
    to: 'return this.#parts.accessOf({ groups: [] });',
    tests: backend,
    fails: 'reaches them as the caller of each request',
  },
  {
    guard: 'the escape of a colon',
    file: 'artifacts/webhdfs/names.ts',
    from: '._=,@()-]$/u',
    to: '._=,:@()-]$/u',
    tests: contract,
    fails: 'keeps "a:b" as a file and as a folder',
  },
  {
    guard: 'its way back',
    file: 'artifacts/webhdfs/names.ts',
    from: "Buffer.from(run.replaceAll('~', ''), 'hex').toString()",
    to: 'run',
    tests: names,
    fails: 'gives every name of a path back, and no two the same',
  },
  {
    guard: 'a name that Kirka has not written',
    file: 'artifacts/webhdfs/names.ts',
    from: 'toHdfsName(name) === hdfsName && ',
    to: '',
    tests: names,
    fails: 'shows nothing that no path leads to',
  },
  {
    guard: 'the staging folder of a backend that lives',
    file: 'artifacts/webhdfs/staging.ts',
    from: 'if (now - modificationTime >= age) await',
    to: 'if (now - modificationTime >= 0) await',
    tests: staging,
    fails: 'keeps what a backend under way has, whatever another one finds at its start',
  },
  {
    guard: "the NameNode's clock",
    file: 'artifacts/webhdfs/staging.ts',
    from: 'const now = (await namespace.status(this.#mine))?.modificationTime;',
    to: 'const now = Date.now();',
    tests: staging,
    fails: "by the NameNode's clock, when another one starts",
  },
];
