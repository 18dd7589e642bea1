package hinomi.console;

import java.time.Instant;

/// Which log lines are wanted: the newest of a time range.
///
/// @param text words, or a LogQL log query, which begins with `{`; empty means every line
/// @param from inclusive
/// @param to exclusive
/// @param limit lines at most
public record LogSearch(String text, Instant from, Instant to, int limit) {
  public boolean isLogQl() {
    return text.startsWith("{");
  }
}
