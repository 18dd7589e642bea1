package hinomi.metricstore.block;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.Volume;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockSizeTest {
  @TempDir Path folder;

  /// Ten thousand series as agents send them: a hundred hosts, a hundred series each.
  private record Line(Labels labels, long begin, int size) implements StoredSeries {
    @Override
    public void read(Points into) {
      for (int i = 0; i < size; i++) {
        into.add(begin + i * 15_000L, i);
      }
    }
  }

  private static List<Line> fleet(int samples, long jitter) {
    Random random = new Random(1);
    List<Line> lines = new ArrayList<>();
    for (int host = 0; host < 100; host++) {
      long begin = 1_772_409_600_000L + (jitter == 0 ? 0 : random.nextLong(jitter));
      for (int i = 0; i < 100; i++) {
        Labels labels =
            Labels.of(
                Labels.NAME,
                "node_metric_" + i % 40 + "_total",
                "job",
                "node",
                "instance",
                "host-" + host + ".example:9100",
                "market",
                "tse-" + host % 7,
                "rack",
                "r" + host % 20,
                "env",
                "production",
                "device",
                "nvme" + i / 40 + "n1",
                "mode",
                List.of("idle", "user", "system", "iowait").get(i % 4));
        lines.add(new Line(labels, begin, samples));
      }
    }
    lines.sort((a, b) -> SeriesOrder.ORDER.compare(a.labels(), b.labels()));
    return lines;
  }

  @Test
  void whatABlockOfADayKeepsBesideItsValuesIsBelowATwentiethByteASample() throws IOException {
    Blocks blocks = open();
    Block block = blocks.write(fleet(6, 15_000), List.of(), () -> false).orElseThrow();
    // With a chunk a series it costs the same for 6 samples as for the 5,760 of a day.
    assertThat(block.size() - 10_000 * 6).isLessThan(576_000);
    assertThat(block.labelValues("instance")).hasSize(100);
    assertThat(block.labelNames()).hasSize(8);
  }

  @Test
  void seriesOfOneScrapeShareTheirTimes() throws IOException {
    Blocks blocks = open();
    List<Line> together = fleet(100, 0);
    long size = blocks.write(together, List.of(), () -> false).orElseThrow().size();
    assertThat(size).isLessThan(10_000 * 50);
    List<Block.Part> parts = blocks.all().getFirst().parts(List.of(), 0, Long.MAX_VALUE);
    assertThat(parts).hasSize(10_000);
    Points points = new Points(100);
    for (int i = 0; i < parts.size(); i++) {
      points.clear();
      parts.get(i).pieces().getFirst().read(0, Long.MAX_VALUE, points);
      assertThat(parts.get(i).labels()).isEqualTo(together.get(i).labels());
      assertThat(points.size()).isEqualTo(100);
      assertThat(points.timestamp(99)).isEqualTo(together.get(i).begin() + 99 * 15_000L);
      assertThat(points.value(99)).isEqualTo(99);
    }
  }

  @Test
  void regularTimesOfAnotherNumberAreAnotherColumn() throws IOException {
    Blocks blocks = open();
    Labels a = Labels.of(Labels.NAME, "a");
    Labels b = Labels.of(Labels.NAME, "b");
    blocks.write(List.of(new Line(a, 0, 3), new Line(b, 0, 4)), List.of(), () -> false);
    Points points = new Points(4);
    blocks
        .all()
        .getFirst()
        .parts(List.of(Matcher.equal(Labels.NAME, "b")), 0, Long.MAX_VALUE)
        .getFirst()
        .pieces()
        .getFirst()
        .read(0, Long.MAX_VALUE, points);
    assertThat(points.size()).isEqualTo(4);
  }

  private Blocks open() throws IOException {
    return Blocks.open(
        folder, folder.resolve("quarantine"), Volume.REAL, new SimpleMeterRegistry());
  }
}
