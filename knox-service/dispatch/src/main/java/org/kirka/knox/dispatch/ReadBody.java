package org.kirka.knox.dispatch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;

/** The body of a GET or HEAD. A short one is kept, so that it can go to another backend; a longer one streams. */
final class ReadBody {
  /** Bytes that are kept: as many as Knox takes of an address. */
  static final int KEPT = 8 * 1024;

  private ReadBody() {}

  /**
   * Reads the client's body as far as it is kept.
   *
   * @throws IOException where the client breaks off: before any backend is asked, which is then not blamed for it
   */
  static HttpEntity of(InputStream client) throws IOException {
    byte[] start = new byte[KEPT + 1];
    int count = IOUtils.read(client, start);
    if (count <= KEPT) {
      return new ByteArrayEntity(start, 0, count);
    }
    return new InputStreamEntity(new SequenceInputStream(new ByteArrayInputStream(start), client));
  }
}
