package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
  @Test
  void leavesVisibleAscii() {
    assertEquals("data-science_1.a@b/C", HeaderText.encode("data-science_1.a@b/C"));
  }

  @Test
  void encodesWhatWouldEndOrSplitTheHeader() {
    assertEquals("a%2Cb%25c%0D%0AX-Evil:%20d%00", HeaderText.encode("a,b%c\r\nX-Evil: d\0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "żółć", "\uD83D\uDE42", "a,b", "%2C", "CN=x, OU=y"})
  void decodesToTheName(String name) throws Exception {
    // A form decoder, but for the plus, which the header leaves as it is.
    assertEquals(name, URLDecoder.decode(HeaderText.encode(name), "UTF-8"));
  }
}
