package hinomi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WriteBatchTest {
  @Test
  void aBatchOfSamplesHoldsThemGroupedInOrder() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<Sample> samples = new ArrayList<>();
      Map<Labels, List<Sample>> grouped = new LinkedHashMap<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        Labels labels = Labels.of("__name__", "m" + random.nextInt(20), "a", "ü");
        Sample sample = new Sample(labels, random.nextLong(), random.nextGaussian());
        samples.add(sample);
        grouped.computeIfAbsent(labels, _ -> new ArrayList<>()).add(sample);
      }
      WriteBatch batch = WriteBatch.of(samples);
      List<Sample> expected = grouped.values().stream().flatMap(List::stream).toList();
      assertEquals(expected, unpacked(batch), "seed " + seed);
      assertEquals(samples.size(), batch.samples());
      assertEquals(samples.size(), batch.firstPoint(batch.seriesCount()));
    }
  }

  private static List<Sample> unpacked(WriteBatch batch) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < batch.seriesCount(); i++) {
      for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
        samples.add(new Sample(batch.labels(i), batch.timestamp(p), batch.value(p)));
      }
    }
    return samples;
  }

  @Test
  void rangesOfABodyAndCopiedNamesStandSideBySide() {
    byte[] body = LabelBytes.encode(Labels.of("__name__", "here"));
    byte[] other = LabelBytes.encode(Labels.of("__name__", "copied"));
    WriteBatch batch = new WriteBatch(body, 0, 0);
    for (int i = 0; i < 40; i++) {
      batch.series(0, body.length);
      batch.point(i, 1);
      batch.series(other, 0, other.length);
      batch.series(Labels.of("__name__", "given"));
      batch.point(i, 2);
      batch.point(i, 3);
    }
    assertEquals(120, batch.seriesCount());
    for (int i = 0; i < 120; i += 3) {
      assertEquals("here", batch.labels(i).metric());
      assertEquals("copied", batch.labels(i + 1).metric());
      assertEquals("given", batch.labels(i + 2).metric());
      assertEquals(i, batch.firstPoint(i));
      assertEquals(batch.firstPoint(i + 1), batch.firstPoint(i + 2));
    }
  }

  @Test
  void whatIsColdBelongsToTheSeriesBegunLast() {
    WriteBatch batch = new WriteBatch();
    assertTrue(batch.isEmpty());
    batch.series(Labels.of("__name__", "a"));
    batch.series(Labels.of("__name__", "b"));
    batch.histogram(17, Histogram.stale());
    batch.exemplar(new Exemplar(Labels.EMPTY, 1, 2));
    assertEquals(1, batch.samples());
    assertEquals(0, batch.points());
    assertEquals(1, batch.histograms().getFirst().series());
    assertEquals(1, batch.exemplars().getFirst().series());
  }
}
