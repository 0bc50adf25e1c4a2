import { dataOf, defaultFs, nameservice } from './layout.ts';
import type { Layout, Properties } from './layout.ts';

/** The users of the cluster: its administrators', the backend's, which may act for others, and Knox's, which may too. */
export const users = { hdfs: 'hdfs', hbase: 'hbase', kirka: 'kirka', knox: 'knox' } as const;

const local = (port: number): string => `127.0.0.1:${String(port)}`;

/** core-site.xml. */
export const coreSite = (layout: Layout): Properties => ({
  'fs.defaultFS': defaultFs(layout),
  'hadoop.tmp.dir': dataOf(layout, 'tmp'),
  // Whoever else asks with doAs is refused.
  ...Object.fromEntries(
    [users.kirka, users.knox].flatMap((user) => [
      [`hadoop.proxyuser.${user}.hosts`, '127.0.0.1'],
      [`hadoop.proxyuser.${user}.users`, '*'],
    ]),
  ),
  // No shell is asked who is in which group: these users are not in this machine's passwd.
  'hadoop.security.group.mapping': 'org.apache.hadoop.security.NullGroupsMapping',
  'hadoop.user.group.static.mapping.overrides': 'hdfs=supergroup;hbase=hbase;kirka=kirka;knox=knox',
  ...layout.sites.core,
});

/** hdfs-site.xml of NameNodes and clients. */
export function hdfsSite(layout: Layout, own: Properties = {}): Properties {
  const [first] = layout.ports.namenodes;
  return {
    ...(layout.highlyAvailable
      ? twoNameNodes(layout)
      : {
          'dfs.namenode.rpc-address': local(first.rpc),
          'dfs.namenode.http-address': local(first.http),
        }),
    'dfs.namenode.rpc-bind-host': '127.0.0.1',
    'dfs.permissions.superusergroup': 'supergroup',
    'dfs.replication': 2,
    'dfs.webhdfs.enabled': true,
    'dfs.namenode.safemode.extension': 0,
    // A DataNode that is gone is known to be after some 15 s in place of 10 min, and passed over after 5 s.
    'dfs.heartbeat.interval': 1,
    'dfs.namenode.heartbeat.recheck-interval': 2000,
    'dfs.namenode.stale.datanode.interval': 5000,
    'dfs.namenode.avoid.read.stale.datanode': true,
    'dfs.namenode.avoid.write.stale.datanode': true,
    ...own,
    ...layout.sites.hdfs,
  };
}

function twoNameNodes(layout: Layout): Properties {
  const addresses = layout.ports.namenodes.flatMap(({ rpc, http }, index) => {
    const id = `${nameservice}.nn${String(index + 1)}`;
    return [
      [`dfs.namenode.rpc-address.${id}`, local(rpc)],
      [`dfs.namenode.http-address.${id}`, local(http)],
    ];
  });
  return {
    'dfs.nameservices': nameservice,
    [`dfs.ha.namenodes.${nameservice}`]: 'nn1,nn2',
    ...Object.fromEntries(addresses),
    [`dfs.client.failover.proxy.provider.${nameservice}`]:
      'org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider',
    'dfs.namenode.shared.edits.dir': `file://${dataOf(layout, 'shared-edits')}`,
    'dfs.ha.automatic-failover.enabled': false,
    // The one that was active is dead or was told to stand by: the tests see to it.
    'dfs.ha.fencing.methods': 'shell(/bin/true)',
    'dfs.ha.tail-edits.period': '1s',
  };
}

/** hbase-site.xml of every HBase server and client. */
export const hbaseSite = (layout: Layout, own: Properties = {}): Properties => ({
  'hbase.cluster.distributed': true,
  'hbase.rootdir': `${defaultFs(layout)}/hbase`,
  'hbase.tmp.dir': dataOf(layout, 'hbase-tmp'),
  'hbase.zookeeper.quorum': '127.0.0.1',
  'hbase.zookeeper.property.clientPort': layout.ports.zookeeper,
  // A region server that is stopped is known to be dead after this time.
  'zookeeper.session.timeout': 20_000,
  'hbase.master.hostname': 'localhost',
  'hbase.master.ipc.address': '127.0.0.1',
  'hbase.master.port': layout.ports.master,
  'hbase.master.info.port': -1,
  // Not 4.5 s more for region servers that do not come.
  'hbase.master.wait.on.regionservers.maxtostart': layout.regionServers,
  'hbase.regionserver.hostname': 'localhost',
  'hbase.regionserver.ipc.address': '127.0.0.1',
  'hbase.regionserver.info.port': -1,
  'hbase.regionserver.handler.count': 16,
  // A region server writes no log to a DataNode that failed it within six hours, and ends itself where that is every
  // one. Of our two, a test kills now this one and now that.
  'hbase.regionserver.async.wal.max.exclude.datanode.count': 0,
  // How soon one that came before its master asks again, in place of 3 s.
  'hbase.regionserver.msginterval': 1000,
  'hbase.rest.host': '127.0.0.1',
  'hbase.rest.info.port': -1,
  'hbase.rest.threads.max': 32,
  'hbase.rest.support.proxyuser': true,
  ...own,
  ...layout.sites.hbase,
});
