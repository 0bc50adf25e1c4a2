package org.kirka.knox.dispatch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;

/** What a failed request may be followed by. */
final class Failure {
  private Failure() {}

  /** Whether no connection came about, so that the backend cannot have seen a byte of the request. */
  static boolean neverConnected(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || (failure instanceof ConnectTimeoutException && !(failure instanceof ConnectionPoolTimeoutException));
  }

  /**
   * Whether a request may go to another backend. A read may whatever happened; a write only where no backend can have
   * seen it and nothing was read of its body. That the gateway's own pool is empty is no backend's failure.
   */
  static boolean allowsAnotherBackend(HttpUriRequest request, IOException failure) {
    if (failure instanceof ConnectionPoolTimeoutException || TrackedEntity.wasRead(request)) {
      return false;
    }
    return isRead(request) || neverConnected(failure);
  }

  private static boolean isRead(HttpUriRequest request) {
    String method = request.getMethod();
    return HttpGet.METHOD_NAME.equals(method) || HttpHead.METHOD_NAME.equals(method);
  }
}
