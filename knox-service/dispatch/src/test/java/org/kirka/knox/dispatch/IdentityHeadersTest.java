package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.http.client.methods.HttpGet;
import org.apache.knox.gateway.security.GroupPrincipal;
import org.apache.knox.gateway.security.ImpersonatedPrincipal;
import org.apache.knox.gateway.security.PrimaryPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityHeadersTest {
  private final HttpGet request = new HttpGet("http://localhost/version");
  private final Subject subject = new Subject();
  private final IdentityHeaders headers = new IdentityHeaders("X-Kirka-User", "X-Kirka-Groups", "X-Proof", "X-Kirka-");

  @BeforeEach
  void signIn() {
    subject.getPrincipals().add(new PrimaryPrincipal("sam"));
  }

  @Test
  void namesUserAndGroupsInOrder() {
    subject.getPrincipals().add(new GroupPrincipal("scientist"));
    subject.getPrincipals().add(new GroupPrincipal("a,b"));
    headers.apply(request, subject, "s3cret".toCharArray());
    assertEquals(
        Arrays.asList("X-Kirka-User: sam", "X-Kirka-Groups: a%2Cb,scientist", "X-Proof: s3cret"), sent());
  }

  @Test
  void namesTheMappedUser() {
    subject.getPrincipals().add(new ImpersonatedPrincipal("alice"));
    headers.apply(request, subject, null);
    assertEquals(Arrays.asList("X-Kirka-User: alice", "X-Kirka-Groups: "), sent());
  }

  @Test
  void dropsWhatAClientSaid() {
    for (String name : Arrays.asList("x-kirka-user", "X-KIRKA-GROUPS", "X-kirka-Anything", "x-proof", "X-Proof")) {
      request.addHeader(name, "eve");
      request.addHeader(name, "eve");
    }
    request.addHeader("X-Kirkam", "stays");
    headers.apply(request, subject, null);
    assertEquals(Arrays.asList("X-Kirkam: stays", "X-Kirka-User: sam", "X-Kirka-Groups: "), sent());
  }

  @Test
  void namesNobodyWhereKnoxAuthenticatedNobody() {
    request.addHeader("X-Kirka-User", "eve");
    headers.apply(request, null, null);
    assertEquals(Arrays.asList(), sent());
  }

  private List<String> sent() {
    return Arrays.stream(request.getAllHeaders())
        .map(header -> header.getName() + ": " + header.getValue()).collect(Collectors.toList());
  }
}
