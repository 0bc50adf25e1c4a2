package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class BackendsTest {
  @Test
  void asksEachOnceBeforeOneTwice() {
    Backends backends = new Backends(Arrays.asList("http://a:1", "http://b:1/", "http://c:1/base"));
    URI second = backends.after(URI.create("http://a:1/x%2Fy?q=1"));
    assertEquals(URI.create("http://b:1/x%2Fy?q=1"), second);
    assertFalse(backends.wasAsked(second));
    URI third = backends.after(second);
    assertEquals(URI.create("http://c:1/base/x%2Fy?q=1"), third);
    URI again = backends.after(third);
    assertEquals(URI.create("http://a:1/x%2Fy?q=1"), again);
    assertTrue(backends.wasAsked(again));
  }

  @Test
  void asksTheOnlyOneAgain() {
    Backends backends = new Backends(Collections.singletonList("http://a:1"));
    assertEquals(URI.create("http://a:1/x"), backends.after(URI.create("http://a:1/x")));
  }

  @Test
  void knowsNoStrangers() {
    Backends backends = new Backends(Arrays.asList("http://a:1", "http://b:1"));
    assertNull(backends.after(URI.create("http://a:11/x")));
  }
}
