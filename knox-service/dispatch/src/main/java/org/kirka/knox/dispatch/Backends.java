package org.kirka.knox.dispatch;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The backends that a request may go to: which were asked, and the same request's URL at the next one. */
final class Backends {
  private final List<String> bases;
  private final Set<String> asked = new HashSet<>();

  /** @param urls the service's URLs as the topology lists them, the one to be asked first in front */
  Backends(List<String> urls) {
    bases = urls.stream().map(Backends::base).distinct().collect(Collectors.toList());
  }

  /**
   * The URL to try after a failed one: of a backend not asked yet, else of the one behind it in the list.
   *
   * @return null where the failed URL is none of these backends'
   */
  URI after(URI failed) {
    String text = failed.toString();
    String from = baseOf(text);
    if (from == null) {
      return null;
    }
    asked.add(from);
    String to = bases.stream().filter(base -> !asked.contains(base)).findFirst()
        .orElse(bases.get((bases.indexOf(from) + 1) % bases.size()));
    return URI.create(to + text.substring(from.length()));
  }

  /** Whether a URL is at one of them. */
  boolean include(URI url) {
    return baseOf(url.toString()) != null;
  }

  boolean wasAsked(URI url) {
    return asked.contains(baseOf(url.toString()));
  }

  private String baseOf(String url) {
    return bases.stream().filter(base -> startsWith(url, base)).findFirst().orElse(null);
  }

  private static boolean startsWith(String url, String base) {
    return url.toLowerCase(Locale.ROOT).startsWith(base.toLowerCase(Locale.ROOT))
        && (url.length() == base.length() || "/?".indexOf(url.charAt(base.length())) >= 0);
  }

  private static String base(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
