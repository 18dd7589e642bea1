package hinomi.settings;

import java.util.Comparator;

/// A mistake in a configuration file, as people and editors read it: `file:line:column: text`.
///
/// @param file path as given
/// @param line from 1
/// @param column from 1
/// @param text what was found, what was expected
public record Mistake(String file, int line, int column, String text)
    implements Comparable<Mistake> {
  private static final Comparator<Mistake> ORDER =
      Comparator.comparing(Mistake::file)
          .thenComparingInt(Mistake::line)
          .thenComparingInt(Mistake::column)
          .thenComparing(Mistake::text);

  @Override
  public int compareTo(Mistake other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + text;
  }
}
