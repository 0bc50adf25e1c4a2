package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KirkaDispatchTest {
  private CountingBackend backend;
  private Exchange exchange;
  private URI url;
  private final KirkaDispatch dispatch = Dispatches.plain("kirka-secret");

  @BeforeEach
  void start() throws Exception {
    backend = new CountingBackend();
    exchange = new Exchange(backend);
    url = URI.create(backend.url() + "/a");
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void deleteKeepsItsBody() throws Exception {
    exchange.body("{\"name\": \"m\"}");
    dispatch.doDelete(url, exchange.request, exchange.response);
    assertEquals(Collections.singletonList("DELETE /a {\"name\": \"m\"}"), backend.seen);
  }

  @Test
  void deleteWithoutABodyHasNone() throws Exception {
    dispatch.doDelete(url, exchange.request, exchange.response);
    assertEquals(Collections.singletonList("DELETE /a "), backend.seen);
  }

  @Test
  void getKeepsItsBody() throws Exception {
    exchange.body("{\"name\": \"m\"}");
    dispatch.doGet(url, exchange.request, exchange.response);
    assertEquals(Collections.singletonList("GET /a {\"name\": \"m\"}"), backend.seen);
  }

  @Test
  void headKeepsItsBodyAndItsAnswerHasNone() throws Exception {
    exchange.body("{\"name\": \"m\"}");
    dispatch.doHead(url, exchange.request, exchange.response);
    assertEquals(Collections.singletonList("HEAD /a {\"name\": \"m\"}"), backend.seen);
    assertEquals(0, exchange.received.size());
    exchange.expectStatus(200);
  }

  @Test
  void readsWithoutABodyHaveNone() throws Exception {
    dispatch.doGet(url, exchange.request, exchange.response);
    dispatch.doHead(url, exchange.request, exchange.response);
    assertEquals(Arrays.asList("GET /a ", "HEAD /a "), backend.seen);
    assertEquals(Arrays.asList(false, false), backend.announcedBodies);
  }

  @Test
  void answerKeepsItsLengthAndIsFlushed() throws Exception {
    dispatch.doGet(url, exchange.request, exchange.response);
    assertEquals("answer", exchange.received.toString("US-ASCII"));
    exchange.expectLength(6);
    assertTrue(exchange.flushes > 0);
  }

  @Test
  void answerToHeadHasNoBody() throws Exception {
    dispatch.doHead(url, exchange.request, exchange.response);
    assertEquals(0, exchange.received.size());
    exchange.expectStatus(200);
  }

  @Test
  void headersOfTheBackendsConnectionStayThere() throws Exception {
    dispatch.doGet(url, exchange.request, exchange.response);
    verify(exchange.response, never()).addHeader(eq("Keep-Alive"), anyString());
    verify(exchange.response).addHeader(eq("Date"), anyString());
  }

  @Test
  void aBrokenDownloadDoesNotEndProperly() {
    InputStream broken = new InputStream() {
      private int left = 3;

      @Override
      public int read() throws IOException {
        if (left-- == 0) {
          throw new IOException("the backend broke off");
        }
        return 'x';
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        buffer[offset] = (byte) read();
        return 1;
      }
    };
    assertThrows(IOException.class, () -> dispatch.writeResponse(exchange.request, exchange.response, broken));
    assertEquals(3, exchange.received.size());
    assertFalse(exchange.closed, "a closed response looks whole");
  }

  @Test
  void withoutItsSecretNothingIsSent() throws Exception {
    when(exchange.aliases.getPasswordFromAliasForGateway(any())).thenReturn(null);
    dispatch.doGet(url, exchange.request, exchange.response);
    exchange.expectStatus(500);
    assertEquals(Collections.emptyList(), backend.seen);
  }

  @Test
  void nothingIsSentToWhatIsNotTheService() throws Exception {
    try (CountingBackend stranger = new CountingBackend()) {
      for (String address : Arrays.asList(stranger.url() + "/gateway/sandbox/kirka/a", "?user.name=guest")) {
        dispatch.doGet(URI.create(address), exchange.request, exchange.response);
      }
      verify(exchange.response, times(2)).setStatus(500);
      assertEquals(Collections.emptyList(), stranger.seen);
    }
  }

  @Test
  void theTopologysOwnSecretComesFirst() throws Exception {
    when(exchange.aliases.getPasswordFromAliasForCluster("sandbox", "kirka-secret")).thenReturn("own".toCharArray());
    assertEquals("own", new String(new TopologyServices(exchange.request.getServletContext()).secret("kirka-secret")));
  }

  @Test
  void anEmptyAliasSendsNoSecret() throws Exception {
    Dispatches.plain("").doGet(url, exchange.request, exchange.response);
    verify(exchange.aliases, never()).getPasswordFromAliasForGateway(anyString());
    assertEquals(Arrays.asList("GET /a "), backend.seen);
  }

  @Test
  void whatDoesNotAnswerIsSaidInMlflowsForm() throws Exception {
    backend.close();
    dispatch.doGet(url, exchange.request, exchange.response);
    exchange.expectStatus(503);
    assertEquals(
        "{\"error_code\": \"TEMPORARILY_UNAVAILABLE\", \"message\": \"The tracking server cannot be reached.\"}",
        exchange.received.toString("US-ASCII"));
  }

  @Test
  void aWriteThatBrokeOffIsNotSentAgain() throws Exception {
    backend.breakOff();
    exchange.body("{}");
    dispatch.doPost(url, exchange.request, exchange.response);
    exchange.expectStatus(502);
    assertEquals(Collections.singletonList("POST /a {}"), backend.seen);
  }
}
