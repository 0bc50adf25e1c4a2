package org.kirka.knox.dispatch;

import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.servlet.ServletContext;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import org.apache.knox.gateway.filter.GatewayResponse;
import org.apache.knox.gateway.services.GatewayServices;
import org.apache.knox.gateway.services.ServiceType;
import org.apache.knox.gateway.services.registry.ServiceRegistry;
import org.apache.knox.gateway.services.security.AliasService;
import org.apache.knox.gateway.services.security.AliasServiceException;
import org.apache.knox.gateway.servlet.SynchronousServletInputStreamAdapter;
import org.mockito.Mockito;

/** A client's request and the response to it, as Knox's filters hand them to a dispatch. */
final class Exchange {
  final HttpServletRequest request = mock(HttpServletRequest.class);
  final GatewayResponse response = mock(GatewayResponse.class);
  final AliasService aliases = mock(AliasService.class);
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  int flushes;
  boolean closed;

  /** @param backends the service's addresses in the topology */
  Exchange(CountingBackend... backends) throws IOException, AliasServiceException {
    ServletContext context = mock(ServletContext.class);
    GatewayServices services = mock(GatewayServices.class);
    when(context.getAttribute(GatewayServices.GATEWAY_SERVICES_ATTRIBUTE)).thenReturn(services);
    when(context.getAttribute(GatewayServices.GATEWAY_CLUSTER_ATTRIBUTE)).thenReturn("sandbox");
    when(services.getService(ServiceType.ALIAS_SERVICE)).thenReturn(aliases);
    ServiceRegistry registry = mock(ServiceRegistry.class);
    when(services.getService(ServiceType.SERVICE_REGISTRY_SERVICE)).thenReturn(registry);
    when(registry.lookupServiceURLs("sandbox", "KIRKA"))
        .thenReturn(Arrays.stream(backends).map(CountingBackend::url).collect(Collectors.toList()));
    when(aliases.getPasswordFromAliasForGateway("kirka-secret")).thenReturn("s3cret".toCharArray());
    when(request.getServletContext()).thenReturn(context);
    when(request.getContentLength()).thenReturn(-1);
    when(request.getHeaderNames()).thenAnswer(call -> Collections.enumeration(headers.keySet()));
    when(request.getHeader(Mockito.anyString())).thenAnswer(call -> headers.get(call.<String>getArgument(0)));
    // The stream of getOutputStream() holds everything back until it is closed.
    when(response.getRawOutputStream()).thenReturn(new Output());
  }

  Exchange body(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    headers.put("Content-Length", String.format(Locale.ROOT, "%d", bytes.length));
    ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
    ServletInputStream input = new SynchronousServletInputStreamAdapter() {
      @Override
      public int read() {
        return stream.read();
      }
    };
    when(request.getInputStream()).thenReturn(input);
    return this;
  }

  void expectLength(long length) {
    Mockito.verify(response).setContentLengthLong(length);
  }

  void expectNoLength() {
    Mockito.verify(response, Mockito.never()).setContentLengthLong(anyLong());
  }

  void expectStatus(int status) {
    Mockito.verify(response).setStatus(status);
  }

  private final class Output extends ServletOutputStream {
    @Override
    public void write(int octet) {
      received.write(octet);
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
