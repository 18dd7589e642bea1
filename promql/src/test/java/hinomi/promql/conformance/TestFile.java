package hinomi.promql.conformance;

import hinomi.promql.notation.SeriesLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of Prometheus' test language (promqltest), cut into commands.
final class TestFile {
  private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?\\s+(\\S+)");
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+at\\s+(\\S+)\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)");

  private TestFile() {}

  sealed interface Command {
    int line();
  }

  record Clear(int line) implements Command {}

  /// @param withNative whether classic histograms are loaded as native ones, too
  /// @param starts since when the samples of some series count
  record Load(
      int line, long step, List<SeriesLine> series, List<StartLine> starts, boolean withNative)
      implements Command {}

  /// @param legacy what stood after `eval_`, or the empty string
  /// @param block the lines below
  record Instant(int line, String legacy, long at, String expression, List<String> block)
      implements Command {}

  record Range(
      int line, String legacy, long from, long to, long step, String expression, List<String> block)
      implements Command {}

  static List<Command> parse(List<String> rawLines) {
    List<String> lines =
        rawLines.stream().map(String::strip).map(line -> line.startsWith("#") ? "" : line).toList();
    List<Command> commands = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      int first = i;
      String line = lines.get(i++);
      if (line.isEmpty()) {
        continue;
      }
      List<String> block = new ArrayList<>();
      if (!line.equals("clear")) {
        while (i < lines.size() && !lines.get(i).isEmpty()) {
          block.add(lines.get(i++));
        }
      }
      commands.add(command(first + 1, line, block));
    }
    return commands;
  }

  private static Command command(int number, String line, List<String> block) {
    if (line.equals("clear")) {
      return new Clear(number);
    }
    Matcher load = LOAD.matcher(line);
    if (load.matches()) {
      List<SeriesLine> series =
          block.stream().filter(each -> !StartLine.is(each)).map(SeriesLine::parse).toList();
      List<StartLine> starts = block.stream().filter(StartLine::is).map(StartLine::parse).toList();
      return new Load(number, millis(load.group(2)), series, starts, load.group(1) != null);
    }
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      return new Instant(number, word(instant), millis(instant.group(2)), instant.group(3), block);
    }
    Matcher range = RANGE.matcher(line);
    if (range.matches()) {
      return new Range(
          number,
          word(range),
          millis(range.group(2)),
          millis(range.group(3)),
          millis(range.group(4)),
          range.group(5),
          block);
    }
    throw new IllegalArgumentException("line " + number + ": unknown command: " + line);
  }

  private static String word(Matcher matcher) {
    String word = matcher.group(1);
    return word == null ? "" : word;
  }

  /// `1m40s`, `0`, `-10s`, `1.5`: milliseconds.
  static long millis(String text) {
    if (text.startsWith("-")) {
      return -millis(text.substring(1));
    }
    return hinomi.settings.Durations.parse(text)
        .map(java.time.Duration::toMillis)
        .orElseGet(() -> Math.round(Double.parseDouble(text) * 1000));
  }
}
