package hinomi.promql.conformance;

import hinomi.model.Histogram;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Native histograms as the test language writes them: `{{schema:0 count:3 sum:4 buckets:[1 2]}}`,
/// and runs of them: `{{…}}x3`, `{{…}}+{{…}}x5`.
final class NativeNotation {
  private static final String BRACES = "\\{\\{([^}]*)\\}\\}";
  private static final Pattern RUN =
      Pattern.compile(BRACES + "(?:([+-])" + BRACES + ")?(?:x([0-9]+))?");
  private static final Pattern FIELD = Pattern.compile("(\\w+):\\s*(\\[[^\\]]*\\]|[^\\s\\[\\]]+)");

  private NativeNotation() {}

  /// The points of one word.
  static List<Point> run(String word) {
    Matcher matcher = RUN.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no series of histograms: " + word);
    }
    Point.Native first = parse(matcher.group(1));
    List<Point> points = new ArrayList<>(List.of(first));
    int times = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
    Histogram current = first.histogram();
    for (int i = 0; i < times; i++) {
      if (matcher.group(3) == null) {
        points.add(first);
        continue;
      }
      Point.Native step = parse(matcher.group(3));
      Tally tally = Tally.of(current);
      boolean fits =
          matcher.group(2).equals("-")
              ? tally.subtract(step.histogram())
              : tally.add(step.histogram());
      if (!fits) {
        throw new IllegalArgumentException("the histograms do not fit together: " + word);
      }
      current = tally.histogram();
      points.add(new Point.Native(current, step.hinted()));
    }
    return points;
  }

  private static Point.Native parse(String fields) {
    Fields found = new Fields(fields);
    boolean hinted = found.text("counter_reset_hint").isPresent();
    Histogram.Reset reset =
        switch (found.text("counter_reset_hint").orElse("unknown")) {
          case "unknown" -> Histogram.Reset.UNKNOWN;
          case "reset" -> Histogram.Reset.RESET;
          case "not_reset" -> Histogram.Reset.NOT_RESET;
          case "gauge" -> Histogram.Reset.GAUGE;
          default -> throw new IllegalArgumentException("no such hint: " + fields);
        };
    Histogram histogram =
        new Histogram(
            reset,
            (int) found.number("schema"),
            found.number("z_bucket_w"),
            found.number("z_bucket"),
            found.number("count"),
            found.number("sum"),
            found.buckets("buckets", "offset"),
            found.buckets("n_buckets", "n_offset"),
            found.numbers("custom_values"));
    return new Point.Native(histogram, hinted);
  }

  /// What stands between the braces.
  private record Fields(String text) {
    java.util.Optional<String> text(String name) {
      Matcher matcher = FIELD.matcher(text);
      while (matcher.find()) {
        if (matcher.group(1).equals(name)) {
          return java.util.Optional.of(matcher.group(2));
        }
      }
      return java.util.Optional.empty();
    }

    double number(String name) {
      return text(name).map(SeriesLine::number).orElse(0.0);
    }

    double[] numbers(String name) {
      String list = text(name).orElse("[]");
      String bare = list.substring(1, list.length() - 1).strip();
      return bare.isEmpty()
          ? new double[0]
          : Arrays.stream(bare.split("\\s+")).mapToDouble(SeriesLine::number).toArray();
    }

    Histogram.Buckets buckets(String name, String offset) {
      double[] counts = numbers(name);
      return counts.length == 0
          ? Histogram.Buckets.NONE
          : new Histogram.Buckets(new int[] {(int) number(offset), counts.length}, counts);
    }
  }

  /// Equal but for rounding and for empty buckets; what is known of the past is left aside.
  static boolean near(Histogram expected, Histogram actual) {
    Histogram one = Histograms.multiplied(expected, 1);
    Histogram other = Histograms.multiplied(actual, 1);
    return one.schema() == other.schema()
        && TestRun.near(one.count(), other.count())
        && TestRun.near(one.sum(), other.sum())
        && one.zeroThreshold() == other.zeroThreshold()
        && TestRun.near(one.zeroCount(), other.zeroCount())
        && Arrays.equals(one.bounds(), other.bounds())
        && near(one.positive(), other.positive())
        && near(one.negative(), other.negative());
  }

  private static boolean near(Histogram.Buckets one, Histogram.Buckets other) {
    if (!Arrays.equals(one.spans(), other.spans())) {
      return false;
    }
    for (int i = 0; i < one.counts().length; i++) {
      if (!TestRun.near(one.counts()[i], other.counts()[i])) {
        return false;
      }
    }
    return true;
  }
}
