package hinomi.agent.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;

/// The agent's own meters as `hinomi_agent_*`: an agent on a far host has nobody who would scrape
/// it, so it tells of itself what it tells of the host.
final class OwnReading implements Reading {
  private static final String PREFIX = "hinomi.agent.";

  private final MeterRegistry registry;

  OwnReading(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void read(Measures into) {
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getName().startsWith(PREFIX)) {
        String name = meter.getId().getName().replace('.', '_');
        switch (meter) {
          case Counter counter -> into.add(name + "_total", counter.count(), labels(meter));
          case Gauge gauge -> into.add(name, gauge.value(), labels(meter));
          default -> {}
        }
      }
    }
  }

  private static String[] labels(Meter meter) {
    List<String> labels = new ArrayList<>();
    for (Tag tag : meter.getId().getTags()) {
      labels.add(tag.getKey());
      labels.add(tag.getValue());
    }
    return labels.toArray(String[]::new);
  }
}
