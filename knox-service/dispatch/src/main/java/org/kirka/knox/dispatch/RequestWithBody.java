package org.kirka.knox.dispatch;

import java.net.URI;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;

/** A request that may have a body whatever its method; the HTTP client's own for GET, HEAD and DELETE can hold none. */
final class RequestWithBody extends HttpEntityEnclosingRequestBase {
  private final String method;

  RequestWithBody(String method, URI url) {
    this.method = method;
    setURI(url);
  }

  @Override
  public String getMethod() {
    return method;
  }
}
