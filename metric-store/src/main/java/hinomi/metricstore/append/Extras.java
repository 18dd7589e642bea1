package hinomi.metricstore.append;

import hinomi.metricstore.exemplar.Exemplars;
import hinomi.metricstore.head.Beside;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadSeries;
import hinomi.metricstore.wal.RecordWriter;
import hinomi.model.Exemplar;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.Set;

/// The exemplars and metadata of one group. What is not kept of them is counted and refuses no
/// sample. The committing thread alone.
final class Extras {
  private final Beside beside;
  private final Head head;
  private final MeterRegistry registry;
  private final Set<Taken> exemplars = new LinkedHashSet<>();
  private final Set<Metadata> notes = new LinkedHashSet<>();

  private record Taken(Labels series, Exemplar exemplar) {}

  Extras(Beside beside, Head head, MeterRegistry registry) {
    this.beside = beside;
    this.head = head;
    this.registry = registry;
  }

  private void drop(String reason) {
    registry.counter("hinomi.metricstore.dropped", "reason", reason).increment();
  }

  /// Takes what a batch brings, after its samples were judged.
  void admit(Batch batch) {
    for (WriteBatch.ExemplarPoint point : batch.written().exemplars()) {
      HeadSeries series = head.living(batch.number(point.series()));
      if (series == null) {
        drop("exemplar_without_series");
      } else {
        admit(series, point.exemplar());
      }
    }
    for (Metadata one : batch.written().metadata()) {
      if (beside.notes().isNew(one)) {
        notes.add(one);
      }
    }
  }

  private void admit(HeadSeries series, Exemplar exemplar) {
    byte[] name = head.names().bytes(series);
    Labels labels = LabelBytes.decode(name, 0, name.length);
    Exemplars.Verdict verdict = beside.exemplars().judge(labels, exemplar);
    if (verdict == Exemplars.Verdict.KEPT) {
      exemplars.add(new Taken(labels, exemplar));
    } else if (verdict != Exemplars.Verdict.HELD) {
      drop(verdict.word());
    }
  }

  boolean isEmpty() {
    return exemplars.isEmpty() && notes.isEmpty();
  }

  void log(RecordWriter records) {
    exemplars.forEach(taken -> records.exemplar(taken.series(), taken.exemplar()));
    notes.forEach(records::metadata);
  }

  /// Shows what is durable now.
  void apply() {
    exemplars.forEach(taken -> beside.exemplars().add(taken.series(), taken.exemplar()));
    notes.forEach(beside.notes()::add);
  }

  void clear() {
    exemplars.clear();
    notes.clear();
  }
}
