package hinomi.promql.parse;

/// Where a piece of an expression stands in its text: characters from 0, the end excluded. Two
/// spans are always equal, for a place is no part of what an expression means; so trees compare by
/// meaning.
public record Span(int start, int end) {
  Span to(Span last) {
    return new Span(start, last.end);
  }

  Span to(int newEnd) {
    return new Span(start, newEnd);
  }

  /// Line and column from 1, as messages name a place: `1:9`.
  public static String place(String text, int offset) {
    int at = Math.min(offset, text.length());
    int line = 1;
    int lastBreak = -1;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lastBreak = i;
      }
    }
    return line + ":" + Math.max(1, at - lastBreak);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
