import { ArtifactError } from '../contract.ts';

/** What HDFS takes as a user (dfs.webhdfs.user.provider.user.pattern); anything else it answers with 400. */
const hdfsUser = /^[A-Za-z_][A-Za-z0-9._-]*\$?$/;

export const isHdfsUser = (name: string): boolean => hdfsUser.test(name);

/**
 * The HDFS user that a gateway's user is. A name that HDFS takes is that user. Of `name@domain` it is `name`, if the
 * domain is one of `domains` (whole, letter case apart): two domains may have an `alice` each, so none is cut off that
 * the administrator did not name. Nobody else has an HDFS user.
 * @throws ArtifactError 'forbidden'
 */
export function toHdfsUser(user: string | undefined, domains: ReadonlySet<string>): string {
  if (user === undefined)
    throw new ArtifactError('forbidden', 'Artifacts are kept for known users: nobody is signed in');
  const at = user.indexOf('@');
  const name = at > 0 && domains.has(user.slice(at + 1).toLowerCase()) ? user.slice(0, at) : user;
  if (isHdfsUser(name)) return name;
  throw new ArtifactError('forbidden', `'${user}' cannot be a user of HDFS, where artifacts are kept`);
}
