package org.kirka.knox.dispatch;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backend on a free port that notes what arrives, and can break off once it has read a request. */
final class CountingBackend implements AutoCloseable {
  final List<String> seen = new CopyOnWriteArrayList<>();
  /** Of each request, whether its headers announce a body. */
  final List<Boolean> announcedBodies = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile boolean breaksOff;

  CountingBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + read(exchange.getRequestBody()));
      announcedBodies.add(exchange.getRequestHeaders().containsKey("Content-Length")
          || exchange.getRequestHeaders().containsKey("Transfer-Encoding"));
      if (!breaksOff) {
        byte[] answer = "answer".getBytes("US-ASCII");
        exchange.getResponseHeaders().add("Keep-Alive", "timeout=5");
        exchange.sendResponseHeaders(200, "HEAD".equals(exchange.getRequestMethod()) ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
      }
      exchange.close();
    });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void breakOff() {
    breaksOff = true;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static String read(InputStream body) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    int count;
    while ((count = body.read(buffer)) != -1) {
      text.write(buffer, 0, count);
    }
    return text.toString("UTF-8");
  }
}
