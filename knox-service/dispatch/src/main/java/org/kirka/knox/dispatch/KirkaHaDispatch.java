package org.kirka.knox.dispatch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.knox.gateway.config.Configure;
import org.apache.knox.gateway.ha.provider.HaProvider;
import org.apache.knox.gateway.ha.provider.HaServiceConfig;
import org.apache.knox.gateway.i18n.messages.MessagesFactory;

/**
 * {@link KirkaDispatch} for more than one backend. Knox's own HA dispatch sends every request again after any failure,
 * with a body that was read already; here a write goes to another backend only where no connection came about.
 *
 * <p>Of the HaProvider's settings {@code maxFailoverAttempts}, {@code failoverSleep} (ms, waited only before a backend
 * is asked a second time) and {@code enableLoadBalancing} are followed. Sticky sessions are not: Kirka keeps none.
 */
public class KirkaHaDispatch extends KirkaDispatch {
  private static final DispatchMessages LOG = MessagesFactory.get(DispatchMessages.class);

  private HaProvider haProvider;
  private int maxFailoverAttempts;
  private int failoverSleep;
  private boolean loadBalancing;

  @Configure
  public void setHaProvider(HaProvider haProvider) {
    this.haProvider = haProvider;
  }

  @Override
  public void init() {
    super.init();
    HaServiceConfig config = haProvider.getHaDescriptor().getServiceConfig(getServiceRole());
    if (config == null) {
      LOG.notConfiguredForHa(getServiceRole());
      return;
    }
    maxFailoverAttempts = config.getMaxFailoverAttempts();
    failoverSleep = config.getFailoverSleep();
    loadBalancing = config.isLoadBalancingEnabled();
  }

  @Override
  protected void executeRequestWrapper(
      HttpUriRequest outbound, HttpServletRequest inbound, HttpServletResponse response) throws IOException {
    if (loadBalancing) {
      // Before the request: afterwards, all that come while it lasts would go to the same backend.
      haProvider.makeNextActiveURLAvailable(getServiceRole());
    }
    super.executeRequestWrapper(outbound, inbound, response);
  }

  @Override
  protected HttpResponse send(HttpUriRequest outbound) throws IOException {
    Backends backends = new Backends(haProvider.getURLs(getServiceRole()));
    for (int attempt = 0; ; attempt++) {
      try {
        return super.send(outbound);
      } catch (IOException e) {
        if (attempt >= maxFailoverAttempts || !Failure.allowsAnotherBackend(outbound, e)) {
          throw e;
        }
        haProvider.markFailedURL(getServiceRole(), outbound.getURI().toString());
        URI next = backends.after(outbound.getURI());
        if (next == null) {
          throw e;
        }
        if (backends.wasAsked(next)) {
          sleep();
        }
        LOG.failingOver(outbound.getMethod(), outbound.getURI(), e.toString(), next);
        ((HttpRequestBase) outbound).setURI(next);
      }
    }
  }

  private void sleep() throws IOException {
    try {
      Thread.sleep(failoverSleep);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped while waiting for a backend").initCause(e);
    }
  }
}
