package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Exposition formats: Prometheus' text 0.0.4 (prometheus.io, "Exposition formats"), UTF-8 names in
/// quotes included; OpenMetrics 1.0; delimited protobuf. Stateless; any thread.
public final class Exposition {
  private Exposition() {}

  /// The types that `# TYPE` may name; untyped where it names none. The last three are
  /// OpenMetrics'.
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED,
    GAUGEHISTOGRAM,
    INFO,
    STATESET;

    /// As metadata has it ([hinomi.model.Metadata]).
    public String word() {
      return this == UNTYPED ? "unknown" : name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a text is written in.
  public enum Dialect {
    /// Version 0.0.4, read as strictly as Prometheus' own Go parser reads it.
    PROMETHEUS,
    /// OpenMetrics 1.0: times in seconds, exemplars, units, `# EOF` at the end. Read for what it
    /// says; not all of what the standard forbids is refused.
    OPENMETRICS,
    /// What [#text] writes: 0.0.4 and native histograms.
    KEPT
  }

  /// A metric with all of its samples: of a histogram those of `_bucket`, `_sum` and `_count` too.
  ///
  /// @param name as `# TYPE` has it
  /// @param help for people; may be empty
  /// @param unit may be empty
  public record Family(
      String name,
      Type type,
      String help,
      String unit,
      List<Point> points,
      List<NativePoint> histograms) {
    public Family {
      points = List.copyOf(points);
      histograms = List.copyOf(histograms);
    }

    public Family(String name, Type type, List<Point> points) {
      this(name, type, "", "", points, List.of());
    }

    boolean isEmpty() {
      return points.isEmpty() && histograms.isEmpty();
    }
  }

  /// A sample.
  ///
  /// @param labels with the full name under `__name__`
  /// @param timestamp milliseconds since the epoch, where the text gives one
  public record Point(Labels labels, double value, OptionalLong timestamp, List<Example> examples) {
    public Point {
      examples = List.copyOf(examples);
    }

    public Point(Labels labels, double value, OptionalLong timestamp) {
      this(labels, value, timestamp, List.of());
    }
  }

  /// A native histogram; as [Point].
  public record NativePoint(
      Labels labels, Histogram value, OptionalLong timestamp, List<Example> examples) {
    public NativePoint {
      examples = List.copyOf(examples);
    }
  }

  /// An exemplar that may leave its time to the sample it stands at.
  ///
  /// @param timestamp milliseconds since the epoch
  public record Example(Labels labels, double value, OptionalLong timestamp) {}

  /// Families in the order of their first mention; those without a sample are left out. Anything
  /// wrong is a [BadInput] that names the line, with the offset in characters.
  public static List<Family> parse(byte[] body) {
    return parse(body, Dialect.PROMETHEUS);
  }

  public static List<Family> parse(byte[] body, Dialect dialect) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
      return new ExpositionReader(text, dialect).read();
    } catch (CharacterCodingException e) {
      throw new BadInput("the text is not UTF-8", e);
    }
  }

  /// The delimited protobuf form of the same, with the same promises. `le` and `quantile` get the
  /// shortest decimal form, as the Pushgateway writes them.
  public static List<Family> parseDelimited(byte[] body) {
    return new ExpositionProtobuf(body).read();
  }

  /// Writes families as a text that [Dialect#KEPT] reads back unchanged, but for exemplars, which
  /// are told once.
  public static String text(List<Family> families) {
    StringBuilder text = new StringBuilder();
    for (Family family : families) {
      String type = family.type().name().toLowerCase(Locale.ROOT);
      text.append("# TYPE \"").append(escaped(family.name())).append("\" ").append(type);
      text.append('\n');
      comment(text, "HELP", family.name(), family.help());
      comment(text, "UNIT", family.name(), family.unit());
      for (Point point : family.points()) {
        series(text, point.labels());
        text.append(OtlpValues.number(point.value()));
        point.timestamp().ifPresent(at -> text.append(' ').append(at));
        text.append('\n');
      }
      for (NativePoint point : family.histograms()) {
        text.append("# HISTOGRAM ");
        series(text, point.labels());
        text.append(Base64.getEncoder().encodeToString(HistogramEncoder.encode(point.value())));
        point.timestamp().ifPresent(at -> text.append(' ').append(at));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String keyword, String name, String about) {
    if (!about.isEmpty()) {
      text.append("# ").append(keyword).append(" \"").append(escaped(name)).append("\" ");
      text.append(about.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    }
  }

  private static void series(StringBuilder text, Labels labels) {
    text.append("{\"").append(escaped(labels.metric())).append('"');
    labels
        .without(Labels.NAME)
        .forEach((name, value) ->
            text.append(",\"")
                .append(escaped(name))
                .append("\"=\"")
                .append(escaped(value))
                .append('"'));
    text.append("} ");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
