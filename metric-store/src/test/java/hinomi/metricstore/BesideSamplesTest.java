package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Admission;
import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideSamplesTest {
  private static final Labels ORDERS = Labels.of(Labels.NAME, "orders_total", "market", "btc_jpy");
  private static final Metadata NOTE = new Metadata("orders_total", "counter", "Orders.", "");

  @TempDir private Path directory;
  private final SimTime time = new SimTime();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private MetricStore open() {
    return MetricStore.open(MetricStoreConfig.defaults(directory), time, registry);
  }

  private long now() {
    return time.now().toEpochMilli();
  }

  private WriteBatch batch(Exemplar... exemplars) {
    WriteBatch batch = new WriteBatch();
    batch.series(ORDERS);
    batch.point(now(), 1);
    for (Exemplar exemplar : exemplars) {
      batch.exemplar(exemplar);
    }
    batch.metadata(NOTE);
    return batch;
  }

  private Exemplar exemplar(String trace) {
    return new Exemplar(Labels.of("trace_id", trace), 0.5, now());
  }

  private void assertHeld(MetricStore store, Exemplar exemplar) {
    assertThat(store.exemplars(Rig.ALL, 0, now())).isEqualTo(Map.of(ORDERS, List.of(exemplar)));
    assertThat(store.metadata()).isEqualTo(Map.of("orders_total", List.of(NOTE)));
  }

  @Test
  void exemplarsAndMetadataOutliveARestartFromTheLogAndFromASnapshot() throws IOException {
    Exemplar exemplar = exemplar("a1");
    try (MetricStore store = open()) {
      assertThat(store.append(batch(exemplar)).accepted()).isEqualTo(1);
      assertHeld(store, exemplar);
    }
    try (MetricStore store = open()) {
      assertHeld(store, exemplar);
      store.shortenLog();
    }
    try (MetricStore store = open()) {
      assertHeld(store, exemplar);
    }
  }

  @Test
  void metadataAloneAreTaken() {
    WriteBatch batch = new WriteBatch();
    batch.metadata(NOTE);
    try (MetricStore store = open()) {
      assertThat(store.append(batch).accepted()).isZero();
      assertThat(store.metadata()).containsKey("orders_total");
    }
  }

  @Test
  void anExemplarThatIsNotKeptRefusesNoSampleAndIsCounted() {
    try (MetricStore store = open()) {
      assertThat(store.append(batch(exemplar("x".repeat(200)))).refusals()).isEmpty();
      assertThat(store.exemplars(Rig.ALL, 0, now())).isEmpty();
      assertThat(
              registry.counter("hinomi.metricstore.dropped", "reason", "exemplar_too_long").count())
          .isEqualTo(1);
    }
  }

  @Test
  void anAdmissionTellsExactlyHowMuchOfEachKindIsHeldAndTheSameAgainWhenItIsRepeated() {
    try (MetricStore store = open()) {
      assertThat(store.append(batch()).exemplars()).isZero();
      WriteBatch batch = new WriteBatch();
      batch.series(ORDERS);
      batch.point(now(), 2); // another value at a time that is taken
      batch.point(now() + 1, 3);
      batch.histogram(now() + 2, Histogram.stale());
      batch.histogram(now() + 1, Histogram.stale()); // where a number is
      batch.exemplar(at(5));
      batch.exemplar(at(9));
      batch.exemplar(at(7)); // behind one of the same request
      batch.exemplar(at(9));
      batch.exemplar(exemplar("x".repeat(200)));
      batch.series(Labels.of("no", "name"));
      batch.point(now(), 1);
      batch.histogram(now(), Histogram.stale());
      batch.exemplar(at(5));
      for (int i = 0; i < 3; i++) {
        Admission admission = store.append(batch);
        assertThat(admission.accepted()).isEqualTo(2);
        assertThat(admission.histograms()).isEqualTo(1);
        assertThat(admission.exemplars()).isEqualTo(3);
        assertThat(admission.refused()).isEqualTo(4);
      }
      assertThat(store.exemplars(Rig.ALL, 0, now() + 10))
          .isEqualTo(Map.of(ORDERS, List.of(at(5), at(9))));
    }
  }

  private Exemplar at(int offset) {
    return new Exemplar(Labels.of("trace_id", "t"), offset, now() + offset);
  }
}
