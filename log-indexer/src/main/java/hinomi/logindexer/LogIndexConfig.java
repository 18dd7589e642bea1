package hinomi.logindexer;

import hinomi.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/// The settings of the log index: section `logs` of `hinomi.yaml`.
///
/// @param directory where everything lies; no other process may use it
/// @param retention how long lines are kept; whole segments are deleted
/// @param segmentSpan how much time one Lucene index covers; whole hours
/// @param maxLine characters of a line
/// @param maxAhead how far in the future a line's time may lie
/// @param maxStreams different streams in one segment's span
/// @param flushBytes pending lines of this size in memory are written to a segment
/// @param flushAge pending lines of this age are written to a segment
/// @param maxPending pending lines of this size are the limit; more are refused for now
/// @param queryTimeout how long a query may take
/// @param maxQueryBytes how much text a query may read
public record LogIndexConfig(
    Path directory,
    Duration retention,
    Duration segmentSpan,
    long maxLine,
    Duration maxAhead,
    int maxStreams,
    long flushBytes,
    Duration flushAge,
    long maxPending,
    Duration queryTimeout,
    long maxQueryBytes) {
  private static final long MIB = 1 << 20;

  /// The defaults in a directory.
  public static LogIndexConfig in(Path directory) {
    return new LogIndexConfig(
        directory,
        Duration.ofDays(30),
        Duration.ofDays(1),
        256 << 10,
        Duration.ofMinutes(10),
        50_000,
        32 * MIB,
        Duration.ofMinutes(1),
        128 * MIB,
        Duration.ofSeconds(30),
        16_384 * MIB);
  }

  /// @param directory what the section's `directory` defaults to
  public static LogIndexConfig from(Section section, Path directory) {
    LogIndexConfig d = in(directory);
    LogIndexConfig config =
        new LogIndexConfig(
            section.path("directory", d.directory),
            section.duration("retention", d.retention),
            section.duration("segment-span", d.segmentSpan),
            section.bytes("max-line", d.maxLine),
            section.duration("max-ahead", d.maxAhead),
            section.number("max-streams", d.maxStreams, 1, 1_000_000),
            section.bytes("flush-bytes", d.flushBytes),
            section.duration("flush-age", d.flushAge),
            section.bytes("max-pending", d.maxPending),
            section.duration("query-timeout", d.queryTimeout),
            section.bytes("max-query-bytes", d.maxQueryBytes));
    config.check(section);
    return config;
  }

  private void check(Section section) {
    long hours = segmentSpan.toHours();
    if (hours < 1
        || hours > 24
        || 24 % hours != 0
        || !segmentSpan.equals(Duration.ofHours(hours))) {
      section.mistake("segment-span", "expected whole hours that divide a day, 1h to 24h");
    }
    if (retention.compareTo(segmentSpan) < 0) {
      section.mistake("retention", "must not be shorter than segment-span");
    }
    if (retention.compareTo(Duration.ofDays(3660)) > 0) {
      section.mistake("retention", "must not be longer than ten years");
    }
    if (maxLine < 1 || maxLine > 4 * MIB) {
      section.mistake("max-line", "expected 1 to 4MiB");
    }
    if (flushBytes < MIB || maxPending < 2 * flushBytes) {
      section.mistake("flush-bytes", "expected 1MiB to half of max-pending");
    }
    if (flushAge.compareTo(Duration.ofSeconds(1)) < 0) {
      section.mistake("flush-age", "must be 1s or more");
    }
    if (queryTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
      section.mistake("query-timeout", "must be 1s or more");
    }
  }
}
