package org.kirka.knox.dispatch;

import java.net.URI;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;

/** MLflow's client sends JSON in DELETE; the HTTP client's own request for it can hold no body. */
final class DeleteWithBody extends HttpEntityEnclosingRequestBase {
  DeleteWithBody(URI url) {
    setURI(url);
  }

  @Override
  public String getMethod() {
    return HttpDelete.METHOD_NAME;
  }
}
