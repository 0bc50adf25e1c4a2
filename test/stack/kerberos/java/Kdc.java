import java.io.File;
import java.util.Properties;
import org.apache.hadoop.minikdc.MiniKdc;

/** A KDC on loopback with fresh keys: Kdc FOLDER PORT KEYTAB=PRINCIPAL... It ends when it is killed. */
public final class Kdc {
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      throw new IllegalArgumentException("usage: Kdc FOLDER PORT KEYTAB=PRINCIPAL...");
    }
    File folder = new File(args[0]);
    // Keys that were good once: of a KDC for the same realm that is gone.
    MiniKdc former = start(new File(folder, "former"), "0");
    former.createPrincipal(new File(folder, "former.keytab"), "kirka");
    former.stop();

    MiniKdc kdc = start(new File(folder, "kdc"), args[1]);
    for (int i = 2; i < args.length; i++) {
      String[] pair = args[i].split("=", 2);
      kdc.createPrincipal(new File(folder, pair[0] + ".keytab"), pair[1]);
    }
    System.out.println("READY " + kdc.getRealm());
    Thread.currentThread().join();
  }

  private static MiniKdc start(File folder, String port) throws Exception {
    if (!folder.isDirectory() && !folder.mkdirs()) {
      throw new IllegalStateException("cannot make " + folder);
    }
    Properties conf = MiniKdc.createConf();
    conf.setProperty(MiniKdc.ORG_NAME, "KIRKA");
    conf.setProperty(MiniKdc.ORG_DOMAIN, "TEST");
    conf.setProperty(MiniKdc.INSTANCE, "KirkaTest");
    conf.setProperty(MiniKdc.KDC_BIND_ADDRESS, "127.0.0.1");
    conf.setProperty(MiniKdc.KDC_PORT, port);
    conf.setProperty(MiniKdc.TRANSPORT, "TCP");
    MiniKdc kdc = new MiniKdc(conf, folder);
    kdc.start();
    return kdc;
  }
}
