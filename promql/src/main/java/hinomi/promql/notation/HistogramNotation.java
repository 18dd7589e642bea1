package hinomi.promql.notation;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Native histograms as Prometheus' tests write them: `{{schema:0 count:3 sum:4 buckets:[1 2]}}`.
public final class HistogramNotation {
  private static final Pattern FIELD =
      Pattern.compile("\\s*([a-zA-Z_]+)\\s*:(\\[[^\\]]*\\]|[^\\s\\[\\]]+)\\s*");
  private static final Set<String> NAMES =
      Set.of(
          "schema",
          "sum",
          "count",
          "z_bucket",
          "z_bucket_w",
          "custom_values",
          "buckets",
          "offset",
          "n_buckets",
          "n_offset",
          "counter_reset_hint");

  private HistogramNotation() {}

  /// What stands between the braces.
  static Point.Native fields(String text, int begin, int end) {
    Map<String, Field> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(text).region(begin, end);
    int at = begin;
    while (at < end && !text.substring(at, end).isBlank()) {
      if (!matcher.region(at, end).lookingAt()) {
        throw new BadInput(
            "histogram description incomplete unexpected: "
                + Quoting.quote(text.substring(at, end).strip()),
            at);
      }
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (!NAMES.contains(name)) {
        throw new BadInput(
            "bad histogram descriptor found: " + Quoting.quote(matcher.group(1)), matcher.start(1));
      }
      Field field = new Field(matcher.group(2), matcher.start(2));
      if (fields.put(name, field) != null) {
        throw new BadInput("duplicate key \"" + name + "\" in histogram", matcher.start(1));
      }
      at = matcher.end();
    }
    return new Point.Native(
        new Histogram(
            reset(fields),
            whole(fields, "schema"),
            number(fields, "z_bucket_w"),
            number(fields, "z_bucket"),
            number(fields, "count"),
            number(fields, "sum"),
            buckets(fields, "buckets", "offset"),
            buckets(fields, "n_buckets", "n_offset"),
            numbers(fields, "custom_values")),
        fields.containsKey("counter_reset_hint"));
  }

  /// @param at where it stands in the text
  private record Field(String text, int at) {
    double number(String word) {
      return Numbers.parse(word)
          .orElseThrow(() -> new BadInput("no number: " + Quoting.quote(word), at));
    }
  }

  private static Histogram.Reset reset(Map<String, Field> fields) {
    Field hint = fields.get("counter_reset_hint");
    if (hint == null) {
      return Histogram.Reset.UNKNOWN;
    }
    return switch (hint.text()) {
      case "unknown" -> Histogram.Reset.UNKNOWN;
      case "reset" -> Histogram.Reset.RESET;
      case "not_reset" -> Histogram.Reset.NOT_RESET;
      case "gauge" -> Histogram.Reset.GAUGE;
      default ->
          throw new BadInput(
              "expected unknown, reset, not_reset or gauge, got " + Quoting.quote(hint.text()),
              hint.at());
    };
  }

  private static double number(Map<String, Field> fields, String name) {
    Field field = fields.get(name);
    return field == null ? 0 : field.number(field.text());
  }

  private static int whole(Map<String, Field> fields, String name) {
    Field field = fields.get(name);
    if (field != null && !field.text().matches("-?[0-9]{1,9}")) {
      throw new BadInput("expected a whole number, got " + Quoting.quote(field.text()), field.at());
    }
    return field == null ? 0 : Integer.parseInt(field.text());
  }

  private static double[] numbers(Map<String, Field> fields, String name) {
    Field field = fields.get(name);
    if (field == null) {
      return new double[0];
    }
    if (!field.text().startsWith("[")) {
      throw new BadInput("expected a list like [1 2 3]", field.at());
    }
    String bare = field.text().substring(1, field.text().length() - 1).strip();
    return bare.isEmpty()
        ? new double[0]
        : Arrays.stream(bare.split("\\s+")).mapToDouble(field::number).toArray();
  }

  private static Histogram.Buckets buckets(Map<String, Field> fields, String name, String offset) {
    double[] counts = numbers(fields, name);
    return counts.length == 0
        ? Histogram.Buckets.NONE
        : new Histogram.Buckets(new int[] {whole(fields, offset), counts.length}, counts);
  }

  /// A histogram in this notation, empty buckets at the ends left out.
  public static String print(Histogram histogram) {
    List<String> words = new ArrayList<>();
    if (histogram.schema() != 0) {
      words.add("schema:" + histogram.schema());
    }
    word(words, "count", histogram.count());
    word(words, "sum", histogram.sum());
    word(words, "z_bucket", histogram.zeroCount());
    word(words, "z_bucket_w", histogram.zeroThreshold());
    if (histogram.hasCustomBounds()) {
      words.add("custom_values:" + list(histogram.bounds()));
    }
    switch (histogram.reset()) {
      case UNKNOWN -> {}
      case RESET -> words.add("counter_reset_hint:reset");
      case NOT_RESET -> words.add("counter_reset_hint:not_reset");
      case GAUGE -> words.add("counter_reset_hint:gauge");
    }
    buckets(words, "offset", "buckets", histogram.positive());
    buckets(words, "n_offset", "n_buckets", histogram.negative());
    return "{{" + String.join(" ", words) + "}}";
  }

  private static void word(List<String> words, String name, double value) {
    if (value != 0) {
      words.add(name + ":" + Numbers.general(value));
    }
  }

  private static void buckets(
      List<String> words, String offset, String name, Histogram.Buckets buckets) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    int index = 0;
    int next = 0;
    for (int i = 0; i < buckets.spans().length; i += 2) {
      index += buckets.spans()[i];
      for (int j = 0; j < buckets.spans()[i + 1]; j++) {
        if (buckets.counts()[next] != 0) {
          counts.put(index, buckets.counts()[next]);
        }
        next++;
        index++;
      }
    }
    if (counts.isEmpty()) {
      return;
    }
    int first = counts.firstKey();
    double[] dense = new double[counts.lastKey() - first + 1];
    counts.forEach((at, count) -> dense[at - first] = count);
    if (first != 0) {
      words.add(offset + ":" + first);
    }
    words.add(name + ":" + list(dense));
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(Numbers::general)
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
