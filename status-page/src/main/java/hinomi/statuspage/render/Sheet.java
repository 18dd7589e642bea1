package hinomi.statuspage.render;

import hinomi.pages.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// One document, ready to be sent.
///
/// @param kind how it may be kept and who may read it
/// @param bytes as they are; nobody changes them
/// @param gzip the same, compressed
/// @param etag strong, without quotes; of `bytes`
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sheet(Kind kind, String contentType, byte[] bytes, byte[] gzip, String etag) {

  /// How a document is treated by caches and browsers.
  public enum Kind {
    /// For people: changes with every edition.
    PAGE,
    /// For programs and other people's pages: readable from any origin.
    DATA,
    /// Its name changes with its content: may be kept for ever.
    ASSET
  }

  static Sheet html(String html) {
    return of(Kind.PAGE, "text/html; charset=utf-8", html);
  }

  static Sheet of(Kind kind, String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Sheet(kind, contentType, bytes, compressed(bytes), ContentHash.of(bytes));
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: writing to memory", e);
    }
    return out.toByteArray();
  }
}
