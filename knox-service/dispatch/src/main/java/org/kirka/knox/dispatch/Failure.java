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
   * Whether a request may go to another backend. A read may whatever happened, as long as its body can be sent again; a
   * write only where no backend can have seen it and nothing was read of its body. That the gateway's own pool is empty is
   * no backend's failure.
   */
  static boolean allowsAnotherBackend(HttpUriRequest request, IOException failure) {
    if (failure instanceof ConnectionPoolTimeoutException) {
      return false;
    }
    return isRead(request.getMethod())
        ? !TrackedEntity.isSpent(request)
        : neverConnected(failure) && !TrackedEntity.wasRead(request);
  }

  /** Whether a request of this method changes nothing. */
  static boolean isRead(String method) {
    return HttpGet.METHOD_NAME.equals(method) || HttpHead.METHOD_NAME.equals(method);
  }
}
