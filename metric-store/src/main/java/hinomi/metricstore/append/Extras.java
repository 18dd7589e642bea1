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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The exemplars and metadata of one group. What is not kept of them is counted and refuses no
/// sample. The committing thread alone.
final class Extras {
  private final Beside beside;
  private final Head head;
  private final MeterRegistry registry;
  private final Set<Taken> exemplars = new LinkedHashSet<>();
  private final Map<Labels, Exemplar> newest = new HashMap<>();
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
      } else if (admit(series, point.exemplar())) {
        batch.acceptExemplar();
      }
    }
    for (Metadata one : batch.written().metadata()) {
      if (beside.notes().isNew(one)) {
        notes.add(one);
      }
    }
  }

  private boolean admit(HeadSeries series, Exemplar exemplar) {
    byte[] name = head.names().bytes(series);
    Labels labels = LabelBytes.decode(name, 0, name.length);
    Exemplars.Verdict verdict = judge(new Taken(labels, exemplar));
    if (verdict == Exemplars.Verdict.KEPT) {
      exemplars.add(new Taken(labels, exemplar));
      newest.put(labels, exemplar);
    } else if (verdict != Exemplars.Verdict.HELD) {
      drop(verdict.word());
      return false;
    }
    return true;
  }

  /// Judges one as if the others of the group were kept already.
  private Exemplars.Verdict judge(Taken one) {
    if (exemplars.contains(one)) {
      return Exemplars.Verdict.HELD;
    }
    Exemplars.Verdict verdict = beside.exemplars().judge(one.series(), one.exemplar());
    Exemplar last = newest.get(one.series());
    return verdict == Exemplars.Verdict.KEPT
            && last != null
            && one.exemplar().timestamp() < last.timestamp()
        ? Exemplars.Verdict.OUT_OF_ORDER
        : verdict;
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
    newest.clear();
    notes.clear();
  }
}
