package org.kirka.knox.dispatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.HttpEntityWrapper;

/** A body that knows whether anyone began to read it: what was read from the client cannot be sent again unless it is kept. */
final class TrackedEntity extends HttpEntityWrapper {
  private volatile boolean read;

  TrackedEntity(HttpEntity body) {
    super(body);
  }

  /** Whether the body of a request cannot be sent again; false for a request without a body. */
  static boolean isSpent(HttpUriRequest request) {
    return wasRead(request) && !((HttpEntityEnclosingRequest) request).getEntity().isRepeatable();
  }

  /** Whether the body of a request was touched; false for a request without a body. */
  static boolean wasRead(HttpUriRequest request) {
    if (!(request instanceof HttpEntityEnclosingRequest)) {
      return false;
    }
    HttpEntity body = ((HttpEntityEnclosingRequest) request).getEntity();
    // The HTTP client may wrap the body, so one that is not known counts as read.
    return body != null && (!(body instanceof TrackedEntity) || ((TrackedEntity) body).read);
  }

  @Override
  public InputStream getContent() throws IOException {
    read = true;
    return super.getContent();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    read = true;
    super.writeTo(out);
  }
}
