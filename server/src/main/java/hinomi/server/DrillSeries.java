package hinomi.server;

import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What the exporters of a few hosts say: counters, noisy decimals, constants and a histogram, each
/// going on where it was. One thread.
final class DrillSeries {
  private static final int SHARDS = 70;
  private static final int BUCKETS = 10;
  private static final int GAUGES = 10;

  private final SplittableRandom random;
  private final List<Labels> labels = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final double[] values;

  private enum Kind {
    COUNTER,
    DECIMAL,
    CONSTANT
  }

  DrillSeries(int firstHost, int hosts) {
    this.random = new SplittableRandom(firstHost);
    for (int host = firstHost; host < firstHost + hosts; host++) {
      String instance = "host-" + host;
      for (int shard = 0; shard < SHARDS; shard++) {
        add(Kind.COUNTER, instance, "drill_requests_total", "shard", Integer.toString(shard));
      }
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        add(Kind.COUNTER, instance, "drill_seconds_bucket", "le", Integer.toString(1 << bucket));
      }
      for (int gauge = 0; gauge < GAUGES; gauge++) {
        add(Kind.DECIMAL, instance, "drill_disk_used_ratio", "device", "sd" + gauge);
        add(Kind.CONSTANT, instance, "drill_info", "version", "1." + gauge);
      }
      add(Kind.DECIMAL, instance, "drill_load", "job", "drill");
      add(Kind.DECIMAL, instance, "drill_memory", "job", "drill");
    }
    this.values = new double[labels.size()];
  }

  private void add(Kind kind, String instance, String metric, String name, String value) {
    kinds.add(kind);
    labels.add(Labels.of(Labels.NAME, metric, "instance", instance, name, value));
  }

  /// One sample of each, at the next time.
  List<Sample> next(long timestamp) {
    List<Sample> samples = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      switch (kinds.get(i)) {
        case COUNTER -> values[i] += random.nextInt(40);
        case DECIMAL -> values[i] = random.nextInt(10_000) / 1000.0;
        case CONSTANT -> values[i] = 1;
      }
      samples.add(new Sample(labels.get(i), timestamp, values[i]));
    }
    return samples;
  }
}
