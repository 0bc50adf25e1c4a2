import { LRUCache } from 'lru-cache';
import { openRemote } from '../../remote/index.ts';
import type { Authenticator, RemoteOptions } from '../../remote/index.ts';
import type { ArtifactStore } from '../contract.ts';
import { DataNodes } from './data-nodes.ts';
import { NameNode } from './name-node.ts';
import type { Identity } from './name-node.ts';
import { Namespace } from './namespace.ts';
import { SpoolSpace } from './spool-space.ts';
import type { SpoolOptions } from './spool-space.ts';
import { Staging } from './staging.ts';
import type { StagingOptions } from './staging.ts';
import type { Access } from './store.ts';
import { WebhdfsArtifactStore } from './store.ts';
import { toHdfsUser } from './users.ts';

/** Of whom the client that acts for them is kept. */
const usersRemembered = 1000;

export interface WebhdfsOptions extends Pick<StagingOptions, 'beatEvery' | 'abandonedAfter' | 'log'> {
  /** Of the NameNodes, or of Knox's WEBHDFS; without a path, `/webhdfs/v1` is meant. */
  readonly addresses: readonly string[];
  /** Absolute, without a slash at its end; made if need be. */
  readonly root: string;
  /** `user.name`, which a cluster with simple authentication believes. */
  readonly user?: string | undefined;
  readonly authenticator?: Authenticator | undefined;
  /** PEM of the authorities trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** Act for the end user; of `alice@domain` for `alice`, if the domain is one of these. Undefined: act for nobody. */
  readonly doAs?: { readonly domains: ReadonlySet<string> } | undefined;
  /** ms until the NameNode answers. DataNodes may take three times as long: they mend a broken pipeline meanwhile. */
  readonly timeout?: number | undefined;
  /** Sockets for each server. */
  readonly maxSockets?: number | undefined;
  readonly onAvailability?: RemoteOptions['onAvailability'];
  /** Disk where uploads under way are kept, to be sent again to another DataNode; 64 kB of each are kept without it. */
  readonly spool?: SpoolOptions | undefined;
}

/**
 * Artifacts in HDFS, through WebHDFS.
 * @throws ArtifactError | TypeError (addresses that cannot be used)
 */
export async function openWebhdfsArtifactStore(options: WebhdfsOptions): Promise<ArtifactStore> {
  const { root, user, doAs, timeout = 20_000, maxSockets = 64 } = options;
  const addresses = options.addresses.map(withPath);
  const origins = new Set(addresses.map(({ origin }) => origin));
  const shared = { ...definedOf(options.ca, 'ca'), ...definedOf(options.onAvailability, 'onAvailability') };
  const credentials = definedOf(options.authenticator, 'authenticator');
  const nameNode = new NameNode(
    openRemote({
      ...shared,
      ...credentials,
      name: 'HDFS NameNode',
      addresses,
      limits: { maxSockets, answer: timeout, total: timeout },
    }),
  );
  const dataNodes = new DataNodes({
    nameNode,
    secure: addresses.some(({ protocol }) => protocol === 'https:'),
    open: (origin) =>
      openRemote({
        ...shared,
        ...(origins.has(origin) ? credentials : {}),
        name: 'HDFS DataNode',
        addresses: [origin],
        // One that is gone is left out by the NameNode, not waited for.
        limits: { maxSockets, answer: 3 * timeout, idle: 3 * timeout, total: 0 },
      }),
  });
  try {
    const namespaceFor = await Namespace.load();
    const itself: Identity = { user, actingFor: undefined, parameters: () => definedOf(user, 'user.name') };
    const accessAs = (identity: Identity): Access => ({ identity, namespace: namespaceFor(nameNode, identity) });
    const namespace = namespaceFor(nameNode, itself);
    const forUser = (name: string | undefined): Access =>
      accessAs({
        user,
        actingFor: name ?? '',
        parameters: () => ({ ...definedOf(user, 'user.name'), doas: toHdfsUser(name, doAs?.domains ?? new Set()) }),
      });
    const ofUsers = new LRUCache<string, Access>({ max: usersRemembered, memoMethod: forUser });
    const own: Access = { identity: itself, namespace };
    const staging = await Staging.open({
      root,
      namespace,
      asUser: doAs === undefined ? undefined : (name) => ofUsers.memo(name).namespace,
      beatEvery: options.beatEvery,
      abandonedAfter: options.abandonedAfter,
      log: options.log,
    });
    const probe = await staging.fresh().catch(() => undefined);
    if (probe !== undefined) {
      await dataNodes.probe(probe, itself);
      await namespace.delete(probe, false).catch(() => undefined);
    }
    const close = async (): Promise<void> => {
      await staging.close();
      await Promise.all([nameNode.close(), dataNodes.close()]);
    };
    const shown = addresses.map(({ origin, pathname }) => origin + pathname).join(',');
    const account = user === undefined ? '' : ` as ${user}`;
    const description = `HDFS folder ${root} at ${shown}${account}${doAs ? ', acting for its users' : ''}${dataNodes.syncs ? '' : ', flushed as dfs.datanode.synconclose says'}`;
    return new WebhdfsArtifactStore({
      root,
      description,
      dataNodes,
      staging,
      space: new SpoolSpace(options.spool ?? { folder: '', limit: 0 }),
      itself: own,
      accessOf: ({ user: name }) => {
        if (doAs === undefined) return own;
        return name === undefined ? forUser(name) : ofUsers.memo(name);
      },
      close,
    });
  } catch (error) {
    await Promise.all([nameNode.close(), dataNodes.close()]);
    throw error;
  }
}

function withPath(address: string): URL {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/webhdfs/v1';
  return url;
}

/** `{ [name]: value }`, or nothing where there is no value. */
function definedOf<Name extends string, T>(value: T | undefined, name: Name): { readonly [N in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: T });
}
