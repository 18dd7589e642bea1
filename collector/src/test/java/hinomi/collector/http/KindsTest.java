package hinomi.collector.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KindsTest {
  @Test
  void nothingIsLostOrMovedToAnotherSeries() {
    Seeds.forAll(
        300,
        random -> {
          WriteBatch batch = new WriteBatch();
          for (int i = random.nextInt(9); i > 0; i--) {
            batch.series(Labels.of("__name__", "m" + random.nextInt(4)));
            for (int n = random.nextInt(3); n > 0; n--) {
              batch.point(random.nextInt(100), n);
            }
            for (int n = random.nextInt(2); n > 0; n--) {
              batch.histogram(random.nextInt(100), Histogram.stale());
            }
            for (int n = random.nextInt(2); n > 0; n--) {
              batch.exemplar(new Exemplar(Labels.EMPTY, random.nextInt(100), 1));
            }
          }
          batch.metadata(new Metadata("m", "gauge", "", ""));
          List<WriteBatch> kinds = Kinds.of(batch);
          List<String> divided = new ArrayList<>();
          int metadata = 0;
          for (WriteBatch kind : kinds) {
            divided.addAll(content(kind));
            metadata += kind.metadata().size();
            assertEquals(true, kind.points() == 0 || kind.histograms().isEmpty());
          }
          assertEquals(
              content(batch).stream().sorted().toList(), divided.stream().sorted().toList());
          assertEquals(1, metadata);
        });
  }

  @Test
  void aBatchOfOneKindStaysAsItIs() {
    WriteBatch batch = new WriteBatch();
    batch.series(Labels.of("__name__", "m"));
    batch.point(1, 2);
    assertSame(batch, Kinds.of(batch).getFirst());
  }

  private static List<String> content(WriteBatch batch) {
    List<String> content = new ArrayList<>();
    for (int i = 0; i < batch.seriesCount(); i++) {
      for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
        content.add(batch.labels(i) + " " + batch.timestamp(p) + " " + batch.value(p));
      }
    }
    batch.histograms().forEach(h -> content.add(batch.labels(h.series()) + " h" + h.timestamp()));
    batch.exemplars().forEach(e -> content.add(batch.labels(e.series()) + " e" + e.exemplar()));
    return content;
  }
}
