package hinomi.model;

/// Refuses regular expressions whose compiled form would be huge: RE2 is linear in its program, and
/// `(((a{100}){100}){100}){100}` is a program of 100 million steps, which RE2/J compiles until
/// memory ends. Decided on the text, before it is compiled.
public final class RegexCost {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_NESTING = 50;
  private static final long MAX_STEPS = 20_000;

  private final String regex;

  /// Steps of each open group so far; the innermost last.
  private final long[] totals = new long[MAX_NESTING + 1];

  private int depth;

  /// Steps of the last piece, which a repetition multiplies.
  private long last;

  private int at;

  private RegexCost(String regex) {
    this.regex = regex;
  }

  /// A [BadInput] for an expression out of all proportion.
  public static void check(String regex) {
    if (regex.length() > MAX_LENGTH) {
      throw new BadInput(
          new Text(
              "正規表現は" + MAX_LENGTH + "文字までです",
              "a regular expression has at most " + MAX_LENGTH + " characters"),
          BadInput.NOWHERE);
    }
    new RegexCost(regex).run();
  }

  private void run() {
    while (at < regex.length()) {
      switch (regex.charAt(at)) {
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '[' -> {
          at = Math.max(at, regex.indexOf(']', at + 2));
          piece();
        }
        case '\\' -> {
          at++;
          piece();
        }
        default -> piece();
      }
      at++;
      if (totals[depth] > MAX_STEPS) {
        throw new BadInput(
            new Text("正規表現の繰り返しが多すぎます", "a regular expression repeats too much"), BadInput.NOWHERE);
      }
    }
  }

  private void piece() {
    last = 1;
    totals[depth]++;
  }

  private void open() {
    if (depth == MAX_NESTING) {
      throw new BadInput(
          new Text("正規表現の括弧が深すぎます", "a regular expression is nested too deeply"), BadInput.NOWHERE);
    }
    totals[++depth] = 0;
  }

  private void close() {
    if (depth > 0) {
      last = Math.max(1, totals[depth--]);
      totals[depth] += last;
    }
  }

  /// `{n}`, `{n,}`, `{n,m}`; anything else is a literal brace.
  private void repeat() {
    int end = regex.indexOf('}', at);
    String inside = end < 0 ? "" : regex.substring(at + 1, end);
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      piece();
      return;
    }
    long times = 1;
    for (String number : inside.split(",")) {
      times = Math.max(times, Long.parseLong(number));
    }
    totals[depth] += last * (times - 1);
    last *= times;
    at = end;
  }
}
