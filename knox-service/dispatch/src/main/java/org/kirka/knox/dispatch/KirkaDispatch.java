package org.kirka.knox.dispatch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpOptions;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.knox.gateway.audit.api.Action;
import org.apache.knox.gateway.audit.api.ActionOutcome;
import org.apache.knox.gateway.audit.api.ResourceType;
import org.apache.knox.gateway.config.Configure;
import org.apache.knox.gateway.config.Optional;
import org.apache.knox.gateway.dispatch.DefaultDispatch;
import org.apache.knox.gateway.filter.GatewayResponse;
import org.apache.knox.gateway.i18n.messages.MessagesFactory;
import org.apache.knox.gateway.security.SubjectUtils;

/**
 * Knox's dispatch with what Kirka needs beyond it: GET, HEAD and DELETE keep their body, the authenticated user and groups
 * go out as headers together with the proof that it is the gateway who says so, and bodies stream in both directions as
 * they are.
 *
 * <p>The fields are dispatch params of service.xml, which is generated from the list that the backend reads, too; so
 * none has a default here. A param of the topology's service overrides that of service.xml: an empty
 * {@code secretAlias} there sends no secret, for a backend that asks for the gateway's certificate instead.
 */
public class KirkaDispatch extends DefaultDispatch {
  private static final DispatchMessages LOG = MessagesFactory.get(DispatchMessages.class);
  private static final int BUFFER_SIZE = 32 * 1024;
  /** A challenge of the backend's as Knox has it, and what concerns only the connection between gateway and backend. */
  private static final Set<String> NOT_FOR_CLIENTS =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList(WWW_AUTHENTICATE, "Connection", "Keep-Alive")));

  @Configure private String userHeader;
  @Configure private String groupsHeader;
  @Configure private String secretHeader;
  @Configure private String reservedHeaderPrefix;
  @Optional @Configure private String secretAlias;

  private IdentityHeaders identityHeaders;

  @Override
  public void init() {
    super.init();
    identityHeaders = new IdentityHeaders(userHeader, groupsHeader, secretHeader, reservedHeaderPrefix);
  }

  @Override
  public void doGet(URI url, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (hasBody(request)) {
      forwardWithBody(HttpGet.METHOD_NAME, url, request, response);
    } else {
      super.doGet(url, request, response);
    }
  }

  @Override
  public void doHead(URI url, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (hasBody(request)) {
      forwardWithBody(HttpHead.METHOD_NAME, url, request, response);
    } else {
      super.doHead(url, request, response);
    }
  }

  @Override
  public void doDelete(URI url, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (hasBody(request)) {
      forwardWithBody(HttpDelete.METHOD_NAME, url, request, response);
    } else {
      super.doDelete(url, request, response);
    }
  }

  private void forwardWithBody(String method, URI url, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestWithBody outbound = new RequestWithBody(method, url);
    outbound.setEntity(Failure.isRead(method)
        ? new TrackedEntity(ReadBody.of(request.getInputStream())) : createRequestEntity(request));
    copyRequestHeaderFields(outbound, request);
    executeRequestWrapper(outbound, request, response);
  }

  /** By the headers: a filter of Knox that may change a body answers that its length is not known. */
  private static boolean hasBody(HttpServletRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null || (length != null && !"0".equals(length.trim()));
  }

  /** Knox's own forwards no header here, so a preflight request could not be told from another. */
  @Override
  public void doOptions(URI url, HttpServletRequest request, HttpServletResponse response) throws IOException {
    HttpOptions options = new HttpOptions(url);
    copyRequestHeaderFields(options, request);
    executeRequestWrapper(options, request, response);
  }

  @Override
  protected HttpEntity createRequestEntity(HttpServletRequest request) throws IOException {
    return new TrackedEntity(super.createRequestEntity(request));
  }

  /**
   * Sends nothing but to the service itself: a request that no rewriting rule fits keeps an address that the client
   * may have chosen, and the secret must not go there.
   */
  @Override
  protected void executeRequest(HttpUriRequest outbound, HttpServletRequest inbound, HttpServletResponse response)
      throws IOException {
    TopologyServices services = new TopologyServices(inbound.getServletContext());
    if (!new Backends(services.urlsOf(getServiceRole())).include(outbound.getURI())) {
      LOG.notRouted(outbound.getURI());
      refuse(Unavailable.NOT_ROUTED, inbound, response);
      return;
    }
    char[] secret = null;
    if (secretAlias != null && !secretAlias.isEmpty()) {
      secret = services.secret(secretAlias);
      if (secret == null) {
        LOG.secretMissing(secretAlias);
        refuse(Unavailable.NOT_CONFIGURED, inbound, response);
        return;
      }
    }
    identityHeaders.apply(outbound, SubjectUtils.getCurrentSubject(), secret);
    HttpResponse answer;
    try {
      answer = send(outbound);
    } catch (IOException e) {
      LOG.noAnswer(outbound.getMethod(), outbound.getURI(), e.toString(), e);
      refuse(Unavailable.of(e), inbound, response);
      return;
    }
    writeOutboundResponse(outbound, inbound, response, answer);
  }

  private void refuse(Unavailable reason, HttpServletRequest inbound, HttpServletResponse response)
      throws IOException {
    byte[] body = reason.body();
    response.setStatus(reason.status());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    writeResponse(inbound, response, new ByteArrayInputStream(body));
  }

  /** Sends a request and returns the backend's answer with its body still to be read. */
  protected HttpResponse send(HttpUriRequest outbound) throws IOException {
    audit(outbound, ActionOutcome.UNAVAILABLE, RES.requestMethod(outbound.getMethod()));
    try {
      HttpResponse answer = getHttpClient().execute(outbound);
      audit(outbound, ActionOutcome.SUCCESS, RES.responseStatus(answer.getStatusLine().getStatusCode()));
      return answer;
    } catch (IOException e) {
      audit(outbound, ActionOutcome.FAILURE, "");
      throw e;
    }
  }

  private static void audit(HttpUriRequest outbound, String outcome, String message) {
    auditor.audit(Action.DISPATCH, outbound.getURI().toString(), ResourceType.URI, outcome, message);
  }

  @Override
  public Set<String> getOutboundResponseExcludeHeaders() {
    return NOT_FOR_CLIENTS;
  }

  /** Keeps the length, which Knox drops because its filters may change a body; here nothing does. */
  @Override
  public void copyResponseHeaderFields(HttpServletResponse outbound, HttpResponse inbound) {
    super.copyResponseHeaderFields(outbound, inbound);
    Header[] lengths = inbound.getHeaders("Content-Length");
    if (lengths.length == 1) {
      outbound.setContentLengthLong(Long.parseLong(lengths[0].getValue().trim()));
    }
  }

  /** As the backend says it: Knox would add a charset, and fail on what it cannot parse. */
  @Override
  protected String getInboundResponseContentType(HttpEntity entity) {
    return entity.getContentType() == null ? null : entity.getContentType().getValue();
  }

  /**
   * Copies the body as it comes. Not through Knox's rewriting stream: that ends the response properly even where the
   * backend broke off, so that half a file would look whole, and it holds back what is small.
   */
  @Override
  protected void writeResponse(HttpServletRequest request, HttpServletResponse response, InputStream body)
      throws IOException {
    OutputStream client = response instanceof GatewayResponse
        ? ((GatewayResponse) response).getRawOutputStream() : response.getOutputStream();
    byte[] buffer = new byte[BUFFER_SIZE];
    int count;
    while ((count = body.read(buffer)) != -1) {
      client.write(buffer, 0, count);
      if (count < buffer.length) {
        client.flush();
      }
    }
  }
}
