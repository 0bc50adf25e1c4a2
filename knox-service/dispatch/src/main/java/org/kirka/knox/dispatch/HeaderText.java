package org.kirka.knox.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names as they stand in a header: visible ASCII but for {@code %} and {@code ,}; all else percent-encoded UTF-8. */
final class HeaderText {
  private HeaderText() {}

  static String encode(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '%' && octet != ',') {
        text.append((char) octet);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", octet));
      }
    }
    return text.toString();
  }
}
