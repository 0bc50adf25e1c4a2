package org.kirka.knox.dispatch;

import java.security.Principal;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.http.Header;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.knox.gateway.security.GroupPrincipal;
import org.apache.knox.gateway.security.SubjectUtils;

/** Says in headers who the caller is, after taking out every header that a client could have said it with. */
final class IdentityHeaders {
  private final String userHeader;
  private final String groupsHeader;
  private final String secretHeader;
  private final String reservedPrefix;

  IdentityHeaders(String userHeader, String groupsHeader, String secretHeader, String reservedPrefix) {
    this.userHeader = userHeader;
    this.groupsHeader = groupsHeader;
    this.secretHeader = secretHeader;
    this.reservedPrefix = reservedPrefix.toLowerCase(Locale.ROOT);
  }

  /**
   * @param subject whom Knox authenticated; null where the topology authenticates nobody: then nobody is named, and a
   *     backend that wants a name refuses
   * @param secret the proof, or null where the gateway's certificate is the proof
   */
  void apply(HttpUriRequest request, Subject subject, char[] secret) {
    for (Header header : request.getAllHeaders()) {
      if (isReserved(header.getName())) {
        request.removeHeader(header);
      }
    }
    if (subject != null) {
      String user = SubjectUtils.getEffectivePrincipalName(subject);
      if (user != null) {
        request.setHeader(userHeader, HeaderText.encode(user));
        request.setHeader(groupsHeader, groupsOf(subject));
      }
    }
    if (secret != null) {
      request.setHeader(secretHeader, new String(secret));
    }
  }

  private boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(reservedPrefix)
        || name.equalsIgnoreCase(userHeader)
        || name.equalsIgnoreCase(groupsHeader)
        || name.equalsIgnoreCase(secretHeader);
  }

  private static String groupsOf(Subject subject) {
    Set<String> names = subject.getPrincipals(GroupPrincipal.class).stream()
        .map(Principal::getName).collect(Collectors.toCollection(TreeSet::new));
    return names.stream().map(HeaderText::encode).collect(Collectors.joining(","));
  }
}
