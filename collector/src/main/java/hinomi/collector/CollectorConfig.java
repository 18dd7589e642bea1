package hinomi.collector;

import hinomi.settings.Section;
import hinomi.wire.Encodings;
import java.nio.file.Path;
import java.time.Duration;

/// What the collector takes.
///
/// @param directory where pushed groups are kept; made when missing
/// @param maxBody bytes of a request's body as sent
/// @param decoding how large a body may become when its compression is taken off
/// @param maxLabels labels of a log stream
/// @param maxLine characters of a log line; what is longer is cut and marked
/// @param maxLogAge how old a log line may be
/// @param maxAhead how far ahead of the clock a log line may be
/// @param maxDeltaSeries series of delta temporality whose totals are remembered at once
public record CollectorConfig(
    Path directory,
    long maxBody,
    Encodings.Limits decoding,
    int maxLabels,
    int maxLine,
    Duration maxLogAge,
    Duration maxAhead,
    int maxDeltaSeries) {
  private static final int MIB = 1 << 20;

  /// The defaults, for tests and for whoever has no configuration.
  public static CollectorConfig of(Path directory) {
    return new CollectorConfig(
        directory,
        32L * MIB,
        new Encodings.Limits(64 * MIB, 200),
        64,
        256 << 10,
        Duration.ofDays(7),
        Duration.ofMinutes(10),
        200_000);
  }

  /// Reads `max-body`, `max-decoded-body`, `max-compression-ratio`, `max-labels`, `max-line`,
  /// `max-log-age`, `max-ahead` and `max-delta-series`.
  public static CollectorConfig from(Section section, Path directory) {
    CollectorConfig usual = of(directory);
    return new CollectorConfig(
        directory,
        section.bytes("max-body", usual.maxBody),
        new Encodings.Limits(
            (int)
                Math.min(1024L * MIB, section.bytes("max-decoded-body", usual.decoding.maxBytes())),
            section.number("max-compression-ratio", usual.decoding.maxRatio(), 2, 2_000)),
        section.number("max-labels", usual.maxLabels, 1, 1_000),
        (int) Math.min(16L * MIB, section.bytes("max-line", usual.maxLine)),
        section.duration("max-log-age", usual.maxLogAge),
        section.duration("max-ahead", usual.maxAhead),
        section.number("max-delta-series", usual.maxDeltaSeries, 1, 10_000_000));
  }
}
