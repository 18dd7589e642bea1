package hinomi.promql.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the block below an `eval` expects.
///
/// @param notes on warnings and infos: what must, or must not, be said
/// @param failure the failure that must come, if one must
/// @param range times of an expected range vector: from, to, step
record Expectation(
    List<Note> notes,
    Optional<Pattern> failure,
    boolean ordered,
    Optional<String> text,
    Optional<long[]> range,
    List<String> results) {
  private static final Pattern EXPECT =
      Pattern.compile("expect\\s+(\\w+)(?:\\s+(msg|regex):\\s*(.*)|\\s+(.*))?");
  private static final Pattern RANGE = Pattern.compile("vector from (\\S+) to (\\S+) step (\\S+)");

  /// @param about `warn`, `info`, `no_warn` or `no_info`
  record Note(String about, Pattern text) {}

  static Expectation of(String legacy, List<String> block) {
    List<Note> notes = new ArrayList<>();
    Optional<Pattern> failure = Optional.empty();
    boolean ordered = legacy.equals("ordered");
    Optional<String> text = Optional.empty();
    Optional<long[]> range = Optional.empty();
    List<String> results = new ArrayList<>();
    if (legacy.equals("fail")) {
      failure = Optional.of(Pattern.compile(""));
    } else if (legacy.equals("warn") || legacy.equals("info")) {
      notes.add(new Note(legacy, Pattern.compile("")));
    }
    for (String line : block) {
      Matcher expect = EXPECT.matcher(line);
      if (line.startsWith("expected_fail_message")) {
        failure = Optional.of(Pattern.compile(Pattern.quote(line.substring(21).strip())));
      } else if (line.startsWith("expected_fail_regexp")) {
        failure = Optional.of(Pattern.compile(line.substring(20).strip()));
      } else if (!expect.matches()) {
        results.add(line);
      } else {
        switch (expect.group(1)) {
          case "fail" -> failure = Optional.of(pattern(expect));
          case "ordered" -> ordered = true;
          case "string" -> text = Optional.of(unquoted(expect.group(4)));
          case "range" -> range = Optional.of(times(expect.group(4)));
          default -> notes.add(new Note(expect.group(1), pattern(expect)));
        }
      }
    }
    return new Expectation(notes, failure, ordered, text, range, results);
  }

  private static Pattern pattern(Matcher expect) {
    if (expect.group(2) == null) {
      return Pattern.compile("");
    }
    String text = expect.group(3).strip();
    return Pattern.compile(expect.group(2).equals("msg") ? Pattern.quote(text) : text);
  }

  private static String unquoted(String quoted) {
    return quoted.strip().substring(1, quoted.strip().length() - 1);
  }

  private static long[] times(String text) {
    Matcher matcher = RANGE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no times of a range vector: " + text);
    }
    return new long[] {
      TestFile.millis(matcher.group(1)),
      TestFile.millis(matcher.group(2)),
      TestFile.millis(matcher.group(3))
    };
  }
}
