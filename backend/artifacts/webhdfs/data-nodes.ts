import { lookup } from 'node:dns/promises';
import { Readable } from 'node:stream';
import { RemoteUnavailable } from '../../remote/index.ts';
import type { Remote, RemoteAnswer } from '../../remote/index.ts';
import { ArtifactError } from '../contract.ts';
import { HdfsError, hdfsError, translate } from './hdfs-error.ts';
import { operationPath } from './name-node.ts';
import type { Identity, NameNode } from './name-node.ts';

/** How often the NameNode is asked for another DataNode where one cannot be reached. */
const mostAttempts = 6;

/** Bytes of an error's body that are read. */
const mostExplanation = 64 * 1024;

/** One use of a DataNode; its origin is without a path. */
interface Target {
  readonly remote: Remote;
  readonly path: string;
}

export interface DataNodesOptions {
  readonly nameNode: NameNode;
  /** Whether one of the addresses is https: bytes then go over https, too. */
  readonly secure: boolean;
  /** A remote for one origin, with credentials only where that origin is configured (a Knox, which redirects to itself). */
  readonly open: (origin: string) => Remote;
}

/** Bytes to and from the DataNode that the NameNode names in its redirect. */
export class DataNodes {
  readonly #options: DataNodesOptions;
  readonly #remotes = new Map<string, Remote>();
  #syncs = true;

  constructor(options: DataNodesOptions) {
    this.#options = options;
  }

  /**
   * Whether what is created is on disk at every DataNode before it is acknowledged, which the flag SYNC_BLOCK asks for.
   * Knox 2.0 encodes the comma in the flags once too often, and the DataNode then refuses them. Without the flag the
   * cluster's `dfs.datanode.synconclose` decides.
   */
  get syncs(): boolean {
    return this.#syncs;
  }

  /** Finds out whether the flag comes through, with a file of one byte, which is the caller's to delete. */
  async probe(path: string, identity: Identity): Promise<void> {
    try {
      await this.create(path, Readable.from([Buffer.of(0)], { objectMode: false }), identity);
    } catch (error) {
      // Anything else is for the first upload to meet: a cluster may start later than a backend.
      const cause = error instanceof ArtifactError ? error.cause : undefined;
      if (cause instanceof HdfsError && cause.exception === 'IllegalArgumentException') this.#syncs = false;
    }
  }

  /**
   * Makes a file of the source. Fails where the name is taken.
   * @param avoided the IP addresses of DataNodes not to be used; one that does not answer, or breaks off, is added
   * @throws ArtifactError; whatever the source ends with
   */
  async create(path: string, source: Readable, identity: Identity, avoided = new Set<string>()): Promise<void> {
    const parameters = {
      overwrite: false,
      ...(this.#syncs ? { createflag: 'CREATE,SYNC_BLOCK' } : {}),
      permission: '644',
      unmaskedpermission: '666',
    };
    const use = async (target: Target): Promise<void> => {
      const headers = { 'content-type': 'application/octet-stream' };
      const request = { method: 'PUT', path: target.path, headers, body: source } as const;
      const { status, body } = await target.remote.send(request, { repeatable: false });
      if (status !== 201) throw hdfsError(status, body);
    };
    await this.#redirected('PUT', operationPath('create', path, parameters, identity), identity, use, avoided);
  }

  /**
   * `length` bytes from `offset` on. What flows is cut or whole by its end; the caller counts.
   * @throws ArtifactError
   */
  open(path: string, offset: number, length: number, identity: Identity, signal: AbortSignal): Promise<Readable> {
    const asked = operationPath('open', path, { offset, length }, identity);
    return this.#redirected('GET', asked, identity, async (target) => {
      const request = { method: 'GET', path: target.path, signal } as const;
      const answer = await target.remote.stream(request, { repeatable: true });
      if (answer.status === 200) return answer.body;
      throw hdfsError(answer.status, await explanation(answer.body));
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#remotes.values()].map((remote) => remote.close()));
  }

  /** Uses the DataNode that the NameNode sends us to; another one where nothing has reached it yet. */
  async #redirected<T>(
    method: 'GET' | 'PUT',
    path: string,
    identity: Identity,
    use: (target: Target) => Promise<T>,
    dead = new Set<string>(),
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const location = await this.#locate(method, path, identity, dead);
      try {
        return await use({ remote: this.#remote(location.origin), path: location.pathname + location.search });
      } catch (error) {
        if (!(error instanceof RemoteUnavailable)) throw translate(error, identity);
        dead.add(await addressOf(location.hostname));
        if (!error.unsent || attempt === mostAttempts) throw translate(error, identity);
      }
    }
  }

  async #locate(method: 'GET' | 'PUT', path: string, identity: Identity, dead: ReadonlySet<string>): Promise<URL> {
    // The NameNode learns only after ten minutes that a DataNode is dead, and goes on naming it.
    const excluding = dead.size === 0 ? '' : `&excludedatanodes=${encodeURIComponent([...dead].join(','))}`;
    try {
      return this.#checked(await this.#options.nameNode.ask(method, path + excluding, identity, true));
    } catch (error) {
      // None but those: chance finds another on the same machine.
      const exhausted =
        error instanceof ArtifactError && error.cause instanceof HdfsError && error.cause.status === 403;
      if (dead.size === 0 || !exhausted) throw error;
      return this.#checked(await this.#options.nameNode.ask(method, path, identity, true));
    }
  }

  #checked({ status, headers, address }: RemoteAnswer): URL {
    const { location } = headers;
    if (status !== 307 || location === undefined || !URL.canParse(location)) throw refused('names no DataNode');
    const url = new URL(location);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('is neither http nor https');
    if (url.username !== '' || url.password !== '') throw refused('holds credentials');
    if (url.protocol === 'http:' && (address.protocol === 'https:' || this.#options.secure)) {
      throw refused('leads from https to http');
    }
    return url;
  }

  #remote(origin: string): Remote {
    let remote = this.#remotes.get(origin);
    if (remote === undefined) {
      remote = this.#options.open(origin);
      this.#remotes.set(origin, remote);
    }
    return remote;
  }
}

const refused = (reason: string): ArtifactError => new ArtifactError('unavailable', `HDFS's redirect ${reason}`);

/** The NameNode leaves DataNodes out by their IP address alone. */
async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    return host;
  }
}

async function explanation(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostExplanation) break;
  }
  return Buffer.concat(chunks);
}
