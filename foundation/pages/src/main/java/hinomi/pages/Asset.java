package hinomi.pages;

import java.nio.charset.StandardCharsets;

/// A style sheet, script or picture that pages refer to. Its name carries the hash of its content,
/// so that it may be kept for ever.
///
/// @param name such as `console-0123456789abcdef.css`
public record Asset(String name, Kind kind, String text) {

  /// What it is, and how that is called in names and in `Content-Type`.
  public enum Kind {
    STYLE("css", "text/css; charset=utf-8"),
    SCRIPT("js", "text/javascript; charset=utf-8"),
    PICTURE("svg", "image/svg+xml");

    private final String ending;
    private final String contentType;

    Kind(String ending, String contentType) {
      this.ending = ending;
      this.contentType = contentType;
    }

    public String contentType() {
      return contentType;
    }
  }

  /// @param stem what stands before the hash in the name
  public static Asset of(Kind kind, String stem, String text) {
    String hash = ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    return new Asset(stem + "-" + hash + "." + kind.ending, kind, text);
  }
}
