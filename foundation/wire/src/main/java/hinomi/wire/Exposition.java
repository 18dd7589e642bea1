package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Prometheus' text exposition format 0.0.4 (prometheus.io, "Exposition formats"), UTF-8 names in
/// quotes included, read as strictly as Prometheus' own Go parser reads it. Stateless; any thread.
public final class Exposition {
  private Exposition() {}

  /// The types that `# TYPE` may name; untyped where it names none.
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED
  }

  /// A metric with all of its samples: of a histogram those of `_bucket`, `_sum` and `_count` too.
  ///
  /// @param name as `# TYPE` has it
  public record Family(String name, Type type, List<Point> points) {
    public Family {
      points = List.copyOf(points);
    }
  }

  /// A sample.
  ///
  /// @param labels with the full name under `__name__`
  /// @param timestamp milliseconds since the epoch, where the text gives one
  public record Point(Labels labels, double value, OptionalLong timestamp) {}

  /// Families in the order of their first mention; those without a sample are left out. Anything
  /// wrong is a [BadInput] that names the line, with the offset in characters.
  public static List<Family> parse(byte[] body) {
    try {
      return parse(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString());
    } catch (CharacterCodingException e) {
      throw new BadInput("the text is not UTF-8", e);
    }
  }

  public static List<Family> parse(String text) {
    return new ExpositionReader(text).read();
  }

  /// The delimited protobuf form of the same, with the same promises. `le` and `quantile` get the
  /// shortest decimal form, as the Pushgateway writes them.
  public static List<Family> parseDelimited(byte[] body) {
    return new ExpositionProtobuf(body).read();
  }

  /// Writes families as a text that [#parse] reads back unchanged.
  public static String text(List<Family> families) {
    StringBuilder text = new StringBuilder();
    for (Family family : families) {
      String type = family.type().name().toLowerCase(Locale.ROOT);
      text.append("# TYPE \"").append(escaped(family.name())).append("\" ").append(type);
      text.append('\n');
      for (Point point : family.points()) {
        text.append("{\"").append(escaped(point.labels().metric())).append('"');
        point
            .labels()
            .without(Labels.NAME)
            .forEach((name, value) ->
                text.append(",\"")
                    .append(escaped(name))
                    .append("\"=\"")
                    .append(escaped(value))
                    .append('"'));
        text.append("} ").append(OtlpValues.number(point.value()));
        point.timestamp().ifPresent(at -> text.append(' ').append(at));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
