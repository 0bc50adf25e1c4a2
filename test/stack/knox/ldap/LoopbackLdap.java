import java.io.File;
import org.apache.directory.server.protocol.shared.transport.TcpTransport;
import org.apache.knox.gateway.security.ldap.SimpleLdapDirectoryServer;

/** Knox's demo LDAP on loopback only; its own main listens on every interface. Arguments: ldif file, port. */
public final class LoopbackLdap {
  private static final int THREADS = 4;
  private static final int BACKLOG = 100;

  private LoopbackLdap() {}

  public static void main(String[] arguments) throws Exception {
    TcpTransport transport = new TcpTransport("127.0.0.1", Integer.parseInt(arguments[1]), THREADS, BACKLOG);
    new SimpleLdapDirectoryServer("dc=hadoop,dc=apache,dc=org", new File(arguments[0]), transport).start();
    System.out.println("ldap: listening on 127.0.0.1:" + arguments[1]);
  }
}
