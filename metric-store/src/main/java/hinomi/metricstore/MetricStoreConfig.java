package hinomi.metricstore;

import hinomi.metricstore.rollup.Tier;
import hinomi.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/// How the store keeps.
///
/// @param directory where its files lie; one process at a time
/// @param retention how long samples are kept at least
/// @param retentionBytes how large the blocks may grow before the oldest go; 0 is without limit
/// @param blockSpan how much time a block covers
/// @param outOfOrderWindow how far a sample may be behind its series' newest
/// @param backfillWindow how far samples that a tool brings from elsewhere may be behind the clock
/// @param maxAhead how far a timestamp may be ahead of the clock
/// @param startTimestamps whether it is kept since when samples count, where senders tell
/// @param series what one may look like, and how many may be known at once
/// @param commitDelay how long a group commit waits for company when the one before had some
/// @param maxPendingSamples how many samples may wait before senders are told to come back
/// @param rollups how long buckets are kept at least
public record MetricStoreConfig(
    Path directory,
    Duration retention,
    long retentionBytes,
    Duration blockSpan,
    Duration outOfOrderWindow,
    Duration backfillWindow,
    Duration maxAhead,
    boolean startTimestamps,
    SeriesLimits series,
    Duration commitDelay,
    int maxPendingSamples,
    Rollups rollups) {
  private static final Duration MIN_SPAN = Duration.ofMinutes(1);
  private static final int BILLION = 1_000_000_000;

  /// @param most how many may be known at once
  /// @param mostPerMetric how many of one metric; 0 is without limit
  /// @param mostPerInstance how many with one value of the label `instance`; 0 is without limit
  /// @param mostLabels how many labels one may have
  /// @param mostExemplars how many exemplars of all series are kept, the newest; 0 is none
  public record SeriesLimits(
      int most, int mostPerMetric, int mostPerInstance, int mostLabels, int mostExemplars) {
    static SeriesLimits from(Section section, SeriesLimits otherwise) {
      return new SeriesLimits(
          section.number("max-series", otherwise.most, 1, BILLION),
          section.number("max-series-per-metric", otherwise.mostPerMetric, 0, BILLION),
          section.number("max-series-per-instance", otherwise.mostPerInstance, 0, BILLION),
          section.number("max-labels", otherwise.mostLabels, 1, 1_000),
          section.number("max-exemplars", otherwise.mostExemplars, 0, 10_000_000));
    }
  }

  /// How long buckets of each width are kept at least.
  public record Rollups(Duration fiveMinutes, Duration hour, Duration day) {
    static Rollups from(Section section, Rollups otherwise) {
      return new Rollups(
          section.section("5m").duration("retention", otherwise.fiveMinutes),
          section.section("1h").duration("retention", otherwise.hour),
          section.section("1d").duration("retention", otherwise.day));
    }

    Duration of(Tier tier) {
      return switch (tier) {
        case FIVE_MINUTES -> fiveMinutes;
        case HOUR -> hour;
        case DAY -> day;
      };
    }
  }

  /// What holds where the configuration says nothing.
  public static MetricStoreConfig defaults(Path directory) {
    return new MetricStoreConfig(
        directory,
        Duration.ofDays(90),
        0,
        Duration.ofHours(2),
        Duration.ofHours(1),
        Duration.ofDays(30),
        Duration.ofMinutes(10),
        false,
        new SeriesLimits(2_000_000, 0, 0, 64, 100_000),
        Duration.ofMillis(2),
        4_000_000,
        new Rollups(Duration.ofDays(366), Duration.ofDays(1100), Duration.ofDays(3660)));
  }

  public static MetricStoreConfig from(Section section, Path directory) {
    MetricStoreConfig otherwise = defaults(directory);
    MetricStoreConfig config =
        new MetricStoreConfig(
            directory,
            section.duration("retention", otherwise.retention),
            section.bytes("retention-size", otherwise.retentionBytes),
            section.duration("block-span", otherwise.blockSpan),
            section.duration("out-of-order-window", otherwise.outOfOrderWindow),
            section.duration("backfill-window", otherwise.backfillWindow),
            section.duration("max-ahead", otherwise.maxAhead),
            section.flag("start-timestamps", otherwise.startTimestamps),
            SeriesLimits.from(section, otherwise.series),
            section.duration("commit-delay", otherwise.commitDelay),
            section.number("max-pending-samples", otherwise.maxPendingSamples, 1, BILLION),
            Rollups.from(section.section("rollup"), otherwise.rollups));
    if (config.blockSpan.compareTo(MIN_SPAN) < 0) {
      section.mistake("block-span", "expected at least 1m");
    }
    if (config.retention.compareTo(config.blockSpan) < 0) {
      section.mistake("retention", "expected at least block-span");
    }
    if (config.commitDelay.compareTo(Duration.ofSeconds(1)) > 0) {
      section.mistake("commit-delay", "expected at most 1s: senders wait for it");
    }
    return config;
  }
}
