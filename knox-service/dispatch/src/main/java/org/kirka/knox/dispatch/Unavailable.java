package org.kirka.knox.dispatch;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.apache.http.conn.ConnectionPoolTimeoutException;

/**
 * What a client is told where the backend does not answer. In MLflow's form; Knox would send an HTML page. No address of
 * the backend goes out. MLflow's client for Python tries again after each of these, and at last shows the status alone.
 */
enum Unavailable {
  NOT_CONFIGURED(500, "INTERNAL_ERROR", "The gateway has no secret to prove itself with; its log says which."),
  NOT_ROUTED(500, "INTERNAL_ERROR", "The gateway has no rule for this address."),
  UNREACHABLE(503, "TEMPORARILY_UNAVAILABLE", "The tracking server cannot be reached."),
  OVERLOADED(503, "TEMPORARILY_UNAVAILABLE", "The gateway has too many requests under way to the tracking server."),
  BROKEN(502, "TEMPORARILY_UNAVAILABLE", "The tracking server broke off before it answered."),
  SLOW(504, "TEMPORARILY_UNAVAILABLE", "The tracking server did not answer in time.");

  private final int status;
  private final byte[] body;

  Unavailable(int status, String code, String message) {
    this.status = status;
    String json = "{\"error_code\": \"" + code + "\", \"message\": \"" + message + "\"}";
    this.body = json.getBytes(StandardCharsets.US_ASCII);
  }

  static Unavailable of(IOException failure) {
    if (failure instanceof ConnectionPoolTimeoutException) {
      return OVERLOADED;
    }
    if (Failure.neverConnected(failure)) {
      return UNREACHABLE;
    }
    return failure instanceof SocketTimeoutException ? SLOW : BROKEN;
  }

  int status() {
    return status;
  }

  /** JSON, and ASCII. */
  byte[] body() {
    return body.clone();
  }
}
