package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final List<IOException> BEFORE_A_CONNECTION = Arrays.asList(
      new ConnectException(), new UnknownHostException(), new NoRouteToHostException(), new ConnectTimeoutException());
  private static final List<IOException> AFTER_IT = Arrays.asList(
      new SocketException("reset"), new NoHttpResponseException("gone"), new SocketTimeoutException());

  @Test
  void aReadGoesToAnotherBackendWhateverHappened() {
    for (HttpUriRequest read : Arrays.asList(new HttpGet("http://a/"), new HttpHead("http://a/"))) {
      BEFORE_A_CONNECTION.forEach(failure -> assertAllowed(true, read, failure));
      AFTER_IT.forEach(failure -> assertAllowed(true, read, failure));
    }
  }

  @Test
  void aReadWithABodyAsLongAsThatCanBeSentAgain() throws IOException {
    RequestWithBody get = new RequestWithBody("GET", URI.create("http://a/"));
    get.setEntity(new TrackedEntity(new StringEntity("{}")));
    get.getEntity().getContent();
    AFTER_IT.forEach(failure -> assertAllowed(true, get, failure));
    get.setEntity(new TrackedEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[2]))));
    AFTER_IT.forEach(failure -> assertAllowed(true, get, failure));
    get.getEntity().getContent();
    AFTER_IT.forEach(failure -> assertAllowed(false, get, failure));
  }

  @Test
  void aWriteOnlyWhereNoConnectionCameAbout() throws IOException {
    HttpPost bodiless = new HttpPost("http://a/");
    HttpPost untouched = new HttpPost("http://a/");
    untouched.setEntity(new TrackedEntity(new StringEntity("{}")));
    for (HttpUriRequest write : Arrays.asList(bodiless, untouched, new RequestWithBody("DELETE", bodiless.getURI()))) {
      BEFORE_A_CONNECTION.forEach(failure -> assertAllowed(true, write, failure));
      AFTER_IT.forEach(failure -> assertAllowed(false, write, failure));
    }
  }

  @Test
  void noWriteWhoseBodyWasRead() throws IOException {
    HttpPost post = new HttpPost("http://a/");
    post.setEntity(new TrackedEntity(new StringEntity("{}")));
    post.getEntity().getContent();
    assertAllowed(false, post, new ConnectException());
  }

  @Test
  void anEmptyPoolIsNoBackendsFailure() {
    assertAllowed(false, new HttpGet("http://a/"), new ConnectionPoolTimeoutException());
    assertEquals(Unavailable.OVERLOADED, Unavailable.of(new ConnectionPoolTimeoutException()));
  }

  @Test
  void saysToTheClientWhatHappened() {
    BEFORE_A_CONNECTION.forEach(failure -> assertEquals(Unavailable.UNREACHABLE, Unavailable.of(failure)));
    assertEquals(Unavailable.SLOW, Unavailable.of(new SocketTimeoutException()));
    assertEquals(Unavailable.BROKEN, Unavailable.of(new NoHttpResponseException("gone")));
  }

  private static void assertAllowed(boolean expected, HttpUriRequest request, IOException failure) {
    assertEquals(expected, Failure.allowsAnotherBackend(request, failure), request + " after " + failure);
  }
}
