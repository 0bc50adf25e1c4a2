package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.knox.gateway.ha.provider.HaDescriptor;
import org.apache.knox.gateway.ha.provider.HaProvider;
import org.apache.knox.gateway.ha.provider.impl.DefaultHaProvider;
import org.apache.knox.gateway.ha.provider.impl.HaDescriptorFactory;
import org.apache.knox.gateway.servlet.SynchronousServletInputStreamAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KirkaHaDispatchTest {
  private CountingBackend first;
  private CountingBackend second;
  private HaProvider provider;
  private KirkaDispatch dispatch;
  private Exchange exchange;
  private URI url;

  @BeforeEach
  void start() throws Exception {
    first = new CountingBackend();
    second = new CountingBackend();
    exchange = new Exchange(first, second);
    url = URI.create(first.url() + "/a?b=c");
    use("enabled=true;maxFailoverAttempts=3;failoverSleep=1");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private void use(String params) {
    HaDescriptor descriptor = HaDescriptorFactory.createDescriptor();
    descriptor.addServiceConfig(HaDescriptorFactory.createServiceConfig("KIRKA", params));
    provider = new DefaultHaProvider(descriptor);
    provider.addHaService("KIRKA", Arrays.asList(first.url(), second.url()));
    dispatch = Dispatches.highlyAvailable(provider);
  }

  @Test
  void aReadThatBrokeOffGoesToTheOther() throws Exception {
    first.breakOff();
    dispatch.doGet(url, exchange.request, exchange.response);
    exchange.expectStatus(200);
    assertEquals(Collections.singletonList("GET /a?b=c "), second.seen);
    assertEquals(second.url(), provider.getActiveURL("KIRKA"));
  }

  @Test
  void aReadThatBrokeOffGoesToTheOtherWithItsBody() throws Exception {
    first.breakOff();
    String longest = repeat('x', ReadBody.KEPT);
    dispatch.doGet(url, exchange.body(longest).request, exchange.response);
    exchange.expectStatus(200);
    assertEquals(Collections.singletonList("GET /a?b=c " + longest), first.seen);
    assertEquals(Collections.singletonList("GET /a?b=c " + longest), second.seen);
  }

  @Test
  void aReadWhoseBodyIsLongerThanIsKeptGoesNowhereOnceItWasSent() throws Exception {
    first.breakOff();
    String tooLong = repeat('x', ReadBody.KEPT + 1);
    dispatch.doGet(url, exchange.body(tooLong).request, exchange.response);
    exchange.expectStatus(502);
    assertEquals(Collections.singletonList("GET /a?b=c " + tooLong), first.seen);
    assertEquals(Collections.emptyList(), second.seen);
  }

  @Test
  void aReadThatFoundNobodyGoesToTheOtherWithItsBodyWhateverItsLength() throws Exception {
    first.close();
    String tooLong = repeat('x', ReadBody.KEPT + 1);
    dispatch.doGet(url, exchange.body(tooLong).request, exchange.response);
    exchange.expectStatus(200);
    assertEquals(Collections.singletonList("GET /a?b=c " + tooLong), second.seen);
  }

  @Test
  void aReadWhoseClientBreaksOffIsNoBackendsFailure() throws Exception {
    exchange.body("{}");
    when(exchange.request.getInputStream()).thenReturn(new SynchronousServletInputStreamAdapter() {
      @Override
      public int read() throws IOException {
        throw new IOException("the client broke off");
      }
    });
    assertThrows(IOException.class, () -> dispatch.doGet(url, exchange.request, exchange.response));
    assertEquals(Arrays.asList(0, 0), Arrays.asList(first.seen.size(), second.seen.size()));
    assertEquals(first.url(), provider.getActiveURL("KIRKA"));
  }

  private static String repeat(char character, int count) {
    char[] characters = new char[count];
    Arrays.fill(characters, character);
    return new String(characters);
  }

  @Test
  void aWriteThatBrokeOffGoesNowhere() throws Exception {
    first.breakOff();
    dispatch.doPost(url, exchange.body("{}").request, exchange.response);
    exchange.expectStatus(502);
    assertEquals(1, first.seen.size());
    assertEquals(Collections.emptyList(), second.seen);
  }

  @Test
  void aWriteThatFoundNobodyGoesToTheOtherWithItsBody() throws Exception {
    first.close();
    dispatch.doPost(url, exchange.body("{}").request, exchange.response);
    exchange.expectStatus(200);
    assertEquals(Collections.singletonList("POST /a?b=c {}"), second.seen);
  }

  @Test
  void attemptsAreBounded() throws Exception {
    first.breakOff();
    second.breakOff();
    dispatch.doGet(url, exchange.request, exchange.response);
    exchange.expectStatus(502);
    List<Integer> counts = Arrays.asList(first.seen.size(), second.seen.size());
    assertEquals(Arrays.asList(2, 2), counts);
  }

  @Test
  void aServiceThatTheProviderDoesNotListHasNoFailOver() throws Exception {
    HaDescriptor descriptor = HaDescriptorFactory.createDescriptor();
    dispatch = Dispatches.highlyAvailable(new DefaultHaProvider(descriptor));
    dispatch.doGet(url, exchange.request, exchange.response);
    exchange.expectStatus(200);
    assertEquals(1, first.seen.size());
  }

  @Test
  void loadIsSharedWhereAskedFor() throws Exception {
    use("enabled=true;enableLoadBalancing=true");
    dispatch.doGet(url, exchange.request, exchange.response);
    assertEquals(second.url(), provider.getActiveURL("KIRKA"));
  }
}
