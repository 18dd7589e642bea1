package hinomi.settings;

import java.util.Comparator;

/// A mistake in a configuration file, as people and editors read it: `file:line:column: text`.
///
/// @param file path as given
/// @param line from 1
/// @param column from 1, in characters
/// @param text what was found, what was expected
/// @param excerpt the line itself, or empty where there is none to show
public record Mistake(String file, int line, int column, String text, String excerpt)
    implements Comparable<Mistake> {
  private static final Comparator<Mistake> ORDER =
      Comparator.comparing(Mistake::file)
          .thenComparingInt(Mistake::line)
          .thenComparingInt(Mistake::column)
          .thenComparing(Mistake::text);

  public Mistake(String file, int line, int column, String text) {
    this(file, line, column, text, "");
  }

  @Override
  public int compareTo(Mistake other) {
    return ORDER.compare(this, other);
  }

  /// The same place, told in other words.
  public Mistake saying(String other) {
    return new Mistake(file, line, column, other, excerpt);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + text;
  }

  /// Likewise, with the line below and a caret under the place.
  public String shown() {
    return excerpt.isBlank() ? toString() : this + "\n  " + excerpt + "\n  " + margin() + "^";
  }

  /// What stands before the caret: as wide as the line before the place, for a terminal gives
  /// Chinese and Japanese characters two columns each.
  private String margin() {
    StringBuilder margin = new StringBuilder();
    excerpt
        .codePoints()
        .limit(column - 1L)
        .forEach(c -> margin.append(c == '\t' ? "\t" : isWide(c) ? "  " : " "));
    return margin.toString();
  }

  /// Roughly Unicode's East Asian Width W and F (UAX #11).
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
