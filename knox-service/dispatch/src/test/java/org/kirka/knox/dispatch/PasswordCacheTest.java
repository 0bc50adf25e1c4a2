package org.kirka.knox.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.File;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.impl.internal.TimeSourceConfiguration;
import org.ehcache.xml.XmlConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long Knox 2.1 and later believe a password: by the file that the topology names, as its Ehcache 3 reads it. */
class PasswordCacheTest {
  private static final String FILE = "kirka-ehcache.xml";
  private static final long BOUND = TimeUnit.SECONDS.toMillis(120);

  private long now;

  @Test
  void aPasswordIsForgottenInTimeHoweverOftenItIsUsed() throws Exception {
    expectBound(getClass().getClassLoader().getResource(FILE));
  }

  @Test
  void theFileIsReadInsideAJarToo(@TempDir Path folder) throws Exception {
    File jar = folder.resolve("ext.jar").toFile();
    try (OutputStream out = Files.newOutputStream(jar.toPath()); JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new ZipEntry(FILE));
      Files.copy(new File(getClass().getClassLoader().getResource(FILE).toURI()).toPath(), entries);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toURI().toURL()}, null)) {
      expectBound(loader.getResource(FILE));
    }
  }

  private void expectBound(URL file) throws Exception {
    TimeSource clock = () -> now;
    try (CacheManager manager =
        CacheManagerBuilder.newCacheManagerBuilder().using(new TimeSourceConfiguration(clock)).build(true)) {
      Cache<Object, Object> cache = manager.createCache("passwords", new XmlConfiguration(file)
          .newCacheConfigurationBuilderFromTemplate("defaultCacheConfiguration", Object.class, Object.class));
      cache.put("sam", "password");
      for (long start = now; now < start + BOUND; now += TimeUnit.SECONDS.toMillis(1)) {
        assertEquals("password", cache.get("sam"), "after " + (now - start) + " ms");
      }
      assertNull(cache.get("sam"), "used all the while");
    }
  }
}
