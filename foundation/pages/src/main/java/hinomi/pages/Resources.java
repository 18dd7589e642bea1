package hinomi.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Files of the product itself, from the class path. One that is missing or unreadable is our bug.
public final class Resources {
  private Resources() {}

  /// A file in UTF-8 from the package of `home`.
  public static String text(Class<?> home, String name) {
    try (InputStream in = home.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("BUG: no " + name + " beside " + home.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: cannot read " + name, e);
    }
  }
}
