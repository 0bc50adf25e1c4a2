import type { Mutation } from '../mutation.ts';

const defects = 'unit/artifacts/webhdfs/defects.test.ts';
const reaching = 'unit/artifacts/webhdfs/reaching.test.ts';
const contract = 'contract/webhdfs-artifact-store.test.ts';
const dataNodes = 'artifacts/webhdfs/data-nodes.ts';
const upload = 'artifacts/webhdfs/upload.ts';

/** Of the artifact store on WebHDFS: bytes to and from DataNodes, and where redirects lead. */
export const webhdfsByteGuards: readonly Mutation[] = [
  {
    guard: 'an upload that is answered by anything but 201',
    file: dataNodes,
    from: 'if (status !== 201) throw hdfsError(status, body);',
    to: '',
    tests: defects,
    fails: 'takes an upload answered 503 for failed',
  },
  {
    guard: 'a short upload',
    file: upload,
    from: 'if (status?.length === body.received) return status.fileId;',
    to: 'if (status !== undefined) return status.fileId;',
    tests: defects,
    fails: 'fails where HDFS kept fewer bytes than were sent',
  },
  {
    guard: 'an upload that breaks off leaves nothing',
    file: upload,
    from: 'await forget(path, parts.namespace, error);',
    to: '',
    tests: defects,
    fails: 'ends with the error of a source that dies, and leaves no empty file',
  },
  {
    guard: 'the file of an upload that broke off may be late',
    file: upload,
    from: 'if (gone || answered) return;',
    to: 'return;',
    tests: defects,
    fails: 'deletes what a DataNode makes of an upload a moment after it broke off',
  },
  {
    guard: 'a quota that a DataNode says by ending the connection',
    file: upload,
    from: 'brokeOff ? await reasonOfCut(error, path, avoided, parts) : error',
    to: 'error',
    tests: defects,
    fails: 'answers quota, also where the DataNode just ends the connection',
  },
  {
    guard: 'an upload grows out of sight',
    file: 'artifacts/webhdfs/staging.ts',
    from: 'return `${this.#mine}/${randomUUID()}`;',
    to: 'return `${this.#options.root}/${randomUUID()}`;',
    tests: contract,
    fails: 'shows nothing of a write under way',
  },
  {
    guard: 'a read that is cut',
    file: 'artifacts/webhdfs/hdfs-file.ts',
    from: "source.on('error', (error) => this.destroy(new ArtifactError('unavailable', 'HDFS broke off', { cause: error })));",
    to: "source.on('error', () => this.push(null));",
    tests: defects,
    fails: 'fails a read that is cut, or of another length than was asked for',
  },
  {
    guard: 'a short read',
    file: 'artifacts/webhdfs/hdfs-file.ts',
    from: "      if (this.#missing === 0) this.push(null);\n      else this.destroy(new ArtifactError('unavailable', 'HDFS sent less than was asked for'));",
    to: 'this.push(null);',
    tests: defects,
    fails: 'fails a read that is cut, or of another length than was asked for',
  },
  {
    guard: 'a long read',
    file: 'artifacts/webhdfs/hdfs-file.ts',
    from: "if (this.#missing < 0) this.destroy(new ArtifactError('unavailable', 'HDFS sent more than was asked for'));\n      else ",
    to: '',
    tests: defects,
    fails: 'fails a read that is cut, or of another length than was asked for',
  },
  {
    guard: 'credentials for a DataNode',
    file: 'artifacts/webhdfs/open.ts',
    from: '...(origins.has(origin) ? credentials : {}),',
    to: '...credentials,',
    tests: reaching,
    fails: 'sends credentials to the NameNode alone',
  },
  {
    guard: 'a redirect to a protocol of another kind',
    file: dataNodes,
    from: "if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('is neither http nor https');",
    to: '',
    tests: reaching,
    fails: 'follows no redirect to ftp://localhost/x',
  },
  {
    guard: 'a redirect with credentials in it',
    file: dataNodes,
    from: "if (url.username !== '' || url.password !== '') throw refused('holds credentials');",
    to: '',
    tests: reaching,
    fails: 'follows no redirect to http://user:word@',
  },
  {
    guard: 'a redirect from https to http',
    file: dataNodes,
    from: "throw refused('leads from https to http');",
    to: '',
    tests: reaching,
    fails: 'follows no redirect from https to http',
  },
  {
    guard: 'an answer that should redirect and does not',
    file: dataNodes,
    from: "if (status !== 307 || location === undefined || !URL.canParse(location)) throw refused('names no DataNode');",
    to: "if (location === undefined || !URL.canParse(location)) throw refused('names no DataNode');",
    tests: reaching,
    fails: 'follows no Location of an answer that is no redirect',
  },
  {
    guard: 'a DataNode that is gone is left out',
    file: dataNodes,
    from: "dead.size === 0 ? ''",
    to: "dead.size < 9 ? ''",
    tests: reaching,
    fails: 'asks for another DataNode where one is not reached, leaving that one out',
  },
];
