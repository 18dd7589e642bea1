package hinomi.logindexer.logql;

import hinomi.model.BadInput;

/// A mistake in a query, told as Loki tells it: with line and column from 1.
record SyntaxError(String query, int offset, String what) {
  BadInput failure() {
    return new BadInput(sentence("syntax error: "), offset);
  }

  /// For what Loki would understand and we do not.
  BadInput unsupported() {
    return new BadInput(sentence("not supported: "), offset);
  }

  private String sentence(String kind) {
    String before = query.substring(0, Math.min(offset, query.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return "parse error at line " + line + ", col " + column + ": " + kind + what;
  }
}
