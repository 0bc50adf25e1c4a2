import { background, throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import { ArtifactError } from '../contract.ts';
import type { WebHdfsClient } from 'webhdfs';
import { operationPath } from './name-node.ts';
import type { Identity, NameNode } from './name-node.ts';
import { readListing, readObject, readStatus, unreadable } from './answers.ts';
import type { FileStatus } from './answers.ts';

/** What the package does not say, and HDFS needs to hear. */
const always: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Replaces a file at once, refuses a folder's name, and never moves into a folder, which a plain RENAME does.
  rename: { renameoptions: 'OVERWRITE' },
  // Without it the default ACL of the folder above would be cut down to the permission.
  mkdirs: { unmaskedpermission: '777' },
};

/** What a second time does as well: all but RENAME, whose source is gone then. */
const repeatable = (operation: string): boolean => operation !== 'rename';

/**
 * The names in HDFS. npm `webhdfs` makes the calls; every request of it goes to our own transport, whose answer is
 * checked before the package sees it: the package takes `{"boolean": false}` and a 503 for success, encodes no path and
 * drops the exception's class. All throw ArtifactError.
 */
export class Namespace {
  readonly #client: WebHdfsClient;

  constructor(client: WebHdfsClient) {
    this.#client = client;
  }

  /** Loads the package: whoever keeps artifacts elsewhere never does. */
  static async load(): Promise<(nameNode: NameNode, identity: Identity) => Namespace> {
    const { default: webhdfs } = await import('webhdfs');
    return (nameNode, identity) => {
      const client = webhdfs.createClient({});
      client._getOperationEndpoint = (operation, path, parameters) =>
        operationPath(operation, path, { ...parameters, ...always[operation] }, identity);
      client._sendRequest = (method, target, answered) => {
        // The callbacks are the package's and may not throw: what is read of an answer is checked here and behind them.
        ask(nameNode, identity, method, target).then(
          (content) => answered(null, { body: content }, content),
          (error: unknown) => answered(error),
        );
      };
      return new Namespace(client);
    };
  }

  /** Makes a folder with those above it; that it is there is fine. */
  async makeFolder(path: string, permission = '755'): Promise<void> {
    await this.#call((done) => this.#client.mkdir(path, permission, done));
  }

  async setPermission(path: string, permission: string): Promise<void> {
    await this.#call((done) => this.#client.chmod(path, permission, done));
  }

  /** Gives a file or folder another name, whose folder must be there, and replaces a file there at once. */
  async rename(path: string, destination: string): Promise<void> {
    await this.#call((done) => this.#client.rename(path, destination, done));
  }

  /** Whether there was something to delete. */
  async delete(path: string, recursive: boolean): Promise<boolean> {
    try {
      await this.#call((done) => this.#client.unlink(path, recursive, done));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** What is there; undefined where nothing is, or where the path leads through a file. */
  status(path: string): Promise<FileStatus | undefined> {
    return this.#status(path, isNothing);
  }

  /** As `status`. @throws ArtifactError 'not-a-directory' where the path leads through a file */
  place(path: string): Promise<FileStatus | undefined> {
    return this.#status(path, isMissing);
  }

  /**
   * The entries of a folder, page after page until none remain: all or an error. Undefined where there is no folder.
   * (The package knows the unpaged LISTSTATUS alone.)
   */
  async list(path: string, context: CallContext = background): Promise<readonly FileStatus[] | undefined> {
    const entries: FileStatus[] = [];
    let before: number | undefined;
    for (let startAfter = ''; ;) {
      throwIfEnded(context);
      const { page, remaining } = await this.#page(path, startAfter).catch((error: unknown) => {
        if (isNothing(error)) return { page: undefined, remaining: 0 };
        throw error;
      });
      if (page === undefined || page[0]?.pathSuffix === '') return undefined;
      entries.push(...page);
      if (remaining > 0) before ??= (await this.status(path))?.fileId;
      if (remaining === 0) break;
      const last = page.at(-1)?.pathSuffix;
      if (last === undefined || last === startAfter) throw incomplete();
      startAfter = last;
    }
    // Between two pages another folder may have taken the name.
    if (before !== undefined && (await this.status(path))?.fileId !== before) throw incomplete();
    return entries;
  }

  async #status(path: string, absent: (error: unknown) => boolean): Promise<FileStatus | undefined> {
    try {
      return readStatus(await this.#call((done) => this.#client.stat(path, done)));
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  }

  async #page(path: string, startAfter: string): Promise<ReturnType<typeof readListing>> {
    const parameters = startAfter === '' ? {} : { startAfter };
    const target = this.#client._getOperationEndpoint('liststatus_batch', path, parameters);
    const content = await this.#call((done) =>
      this.#client._sendRequest('GET', target, (error, _answer, body) => done(error, body)),
    );
    return readListing(content);
  }

  #call(start: (done: (error: unknown, value?: unknown) => void) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      start((error, value) => {
        // What is not ours is the package's, which could not read the answer.
        if (error) reject(error instanceof ArtifactError ? error : unreadable(error));
        else resolve(value);
      });
    });
  }
}

/** The checked content of an answer; an empty object where it is empty, as that of a RENAME with options. */
async function ask(nameNode: NameNode, identity: Identity, method: string, target: string): Promise<object> {
  const operation = new URLSearchParams(target.slice(target.indexOf('?'))).get('op')?.toLowerCase() ?? '';
  const { status, body } = await nameNode.ask(
    method as 'GET' | 'PUT' | 'DELETE',
    target,
    identity,
    repeatable(operation),
  );
  const content = readObject(body);
  if (status !== 200 || content['boolean'] === false) throw new Refused(operation);
  return content;
}

/** HDFS answered `{"boolean": false}`: it has not done it. */
class Refused extends ArtifactError {
  constructor(operation: string) {
    super('unavailable', `HDFS did not do it (${operation.toUpperCase()} answered false)`);
  }
}

const incomplete = (): ArtifactError => new ArtifactError('unavailable', 'HDFS gave no complete list');

const isMissing = (error: unknown): boolean => error instanceof ArtifactError && error.problem === 'not-found';

const isNothing = (error: unknown): boolean =>
  isMissing(error) || (error instanceof ArtifactError && error.problem === 'not-a-directory');
