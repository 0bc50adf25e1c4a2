import { users } from './sites.ts';

/** What an administrator of HDFS does, over WebHDFS in the name of its superuser. */
export interface HdfsAdmin {
  /** Makes a folder that belongs to a user; one that is there is left alone but for owner and mode. Mode in octal. */
  readonly createFolder: (path: string, owner: string, mode: string) => Promise<void>;
  /** Bytes that a folder may take, all replicas counted; undefined lifts the limit. */
  readonly setSpaceQuota: (path: string, bytes: number | undefined) => Promise<void>;
  /** Deletes a folder with all that is in it. */
  readonly remove: (path: string) => Promise<void>;
}

/** @param url tells the address of the NameNode that is active at the time of a call */
export function hdfsAdmin(url: () => Promise<string>): HdfsAdmin {
  const call = async (method: string, path: string, op: string, query: Record<string, string> = {}): Promise<void> => {
    const search = new URLSearchParams({ op, 'user.name': users.hdfs, ...query });
    const response = await fetch(`${await url()}/webhdfs/v1${encodeURI(path)}?${search.toString()}`, { method });
    const text = await response.text();
    if (!response.ok) throw new Error(`${op} ${path}: ${String(response.status)} ${text}`);
  };
  return {
    createFolder: async (path, owner, mode) => {
      await call('PUT', path, 'MKDIRS', { permission: mode });
      await call('PUT', path, 'SETOWNER', { owner, group: owner });
      await call('PUT', path, 'SETPERMISSION', { permission: mode });
    },
    // 2^63-1 leaves a quota as it is, and -1 takes it away.
    setSpaceQuota: (path, bytes) =>
      call('PUT', path, 'SETQUOTA', {
        namespacequota: '9223372036854775807',
        storagespacequota: String(bytes ?? -1),
      }),
    remove: (path) => call('DELETE', path, 'DELETE', { recursive: 'true' }),
  };
}
