import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.ServerName;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.util.Bytes;

/** The few commands of the HBase shell that the tests need: the shell itself is JRuby, and not among these jars. */
public final class HBaseAdmin {
  private static final long PATIENCE_MS = 60_000;
  private static final String THEN = "then";

  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      throw new IllegalArgumentException("usage: split TABLE KEY... | flush|compact|major_compact|drop|regions TABLE | move TABLE HOST,PORT | alter_durability TABLE DURABILITY | snapshot TABLE SNAPSHOT | clone_snapshot SNAPSHOT TABLE | restore_snapshot SNAPSHOT | disable|enable TABLE; several with 'then' between them");
    }
    Configuration conf = HBaseConfiguration.create();
    conf.setInt("hbase.client.retries.number", 5);
    try (Connection connection = ConnectionFactory.createConnection(conf); Admin admin = connection.getAdmin()) {
      List<String> left = List.of(args);
      while (!left.isEmpty()) {
        int end = left.contains(THEN) ? left.indexOf(THEN) : left.size();
        run(admin, left.get(0), TableName.valueOf(left.get(1)), left.subList(2, end));
        left = left.subList(Math.min(end + 1, left.size()), left.size());
      }
    }
    // Threads of the client would keep the process for seconds.
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void run(Admin admin, String command, TableName table, List<String> rest) throws Exception {
    switch (command) {
      case "split" -> {
        for (String key : rest) {
          split(admin, table, key);
        }
      }
      case "flush" -> admin.flush(table);
      case "compact" -> admin.compact(table);
      case "major_compact" -> admin.majorCompact(table);
      case "drop" -> {
        if (admin.tableExists(table)) {
          if (admin.isTableEnabled(table)) {
            admin.disableTable(table);
          }
          admin.deleteTable(table);
        }
      }
      case "alter_durability" -> admin.modifyTable(
          TableDescriptorBuilder.newBuilder(admin.getDescriptor(table))
              .setDurability(org.apache.hadoop.hbase.client.Durability.valueOf(rest.get(0)))
              .build());
      case "snapshot" -> admin.snapshot(rest.get(0), table);
      case "clone_snapshot" -> admin.cloneSnapshot(table.getNameAsString(), TableName.valueOf(rest.get(0)));
      case "restore_snapshot" -> admin.restoreSnapshot(table.getNameAsString());
      case "disable" -> admin.disableTable(table);
      case "enable" -> admin.enableTable(table);
      case "move" -> move(admin, table, rest.get(0));
      case "regions" -> print(admin, table);
      default -> throw new IllegalArgumentException("unknown command " + command);
    }
  }

  /** A split runs in the background; done is when no region holds both the key and what is before it. */
  private static void split(Admin admin, TableName table, String key) throws Exception {
    byte[] point = key.getBytes(StandardCharsets.UTF_8);
    admin.split(table, point);
    long limit = System.currentTimeMillis() + PATIENCE_MS;
    while (admin.getRegions(table).stream().noneMatch(region -> Bytes.equals(region.getStartKey(), point) && !region.isSplitParent())) {
      if (System.currentTimeMillis() > limit) {
        throw new IllegalStateException("no region of " + table + " starts at " + key + " after a minute");
      }
      Thread.sleep(50);
    }
  }

  private static void move(Admin admin, TableName table, String hostAndPort) throws Exception {
    List<ServerName> found = new ArrayList<>(admin.getRegionServers());
    found.removeIf(server -> !(server.getHostname() + "," + server.getPort()).equals(hostAndPort));
    if (found.size() != 1) {
      throw new IllegalArgumentException("no live region server " + hostAndPort + " among " + admin.getRegionServers());
    }
    for (RegionInfo region : admin.getRegions(table)) {
      admin.move(region.getEncodedNameAsBytes(), found.get(0));
    }
  }

  /** A line a region: start key, tab, end key, tab, server. */
  private static void print(Admin admin, TableName table) throws Exception {
    try (var locator = admin.getConnection().getRegionLocator(table)) {
      for (var location : locator.getAllRegionLocations()) {
        RegionInfo region = location.getRegion();
        System.out.println(Bytes.toStringBinary(region.getStartKey()) + "\t" + Bytes.toStringBinary(region.getEndKey()) + "\t"
            + location.getServerName());
      }
    }
  }
}
