/** The cluster's HBase REST servers. */
export function restAddresses(): readonly string[] {
  const urls = process.env['KIRKA_TEST_HBASE'];
  if (urls === undefined) throw new Error('set KIRKA_TEST_HBASE to the HBase REST servers of the cluster');
  return urls.split(',');
}
