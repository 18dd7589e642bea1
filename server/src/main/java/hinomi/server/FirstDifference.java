package hinomi.server;

import java.util.List;
import java.util.Optional;

/// Where two logs part.
final class FirstDifference {
  private FirstDifference() {}

  /// @return empty when they are equal
  static Optional<String> of(String live, String replayed) {
    if (live.equals(replayed)) {
      return Optional.empty();
    }
    List<String> one = live.lines().toList();
    List<String> other = replayed.lines().toList();
    int i = 0;
    while (i < Math.min(one.size(), other.size()) && one.get(i).equals(other.get(i))) {
      i++;
    }
    return Optional.of(
        "  line " + (i + 1) + "\n  live:   " + at(one, i) + "\n  replay: " + at(other, i));
  }

  private static String at(List<String> lines, int i) {
    return i < lines.size() ? lines.get(i) : "(nothing more)";
  }
}
