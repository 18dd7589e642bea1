package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.model.Failure;
import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One recording, computed up to some slot: it writes what its rule, evaluated slot by slot, would
/// have written, stale markers where a series ends included. A slot at which the rule fails writes
/// nothing and ends nothing.
///
/// One thread.
final class Lead {
  private static final Cells NO_CELLS = new Cells(0);

  private final Foretold rule;
  private final boolean steady;
  private final OwnSeries into;
  private final Past past;
  private final Forerun.Span span;
  private final Slots slots;
  private final Length length = new Length();
  private Set<Labels> before = Set.of();
  private int run = Runs.NONE;
  private long next;

  Lead(Foretold rule, Reading reading, OwnSeries into, Past past, Forerun.Span span) {
    this.rule = rule;
    this.steady = reading.steady();
    this.into = into;
    this.past = past;
    this.span = span;
    this.slots = rule.asked();
    this.next = slots.after(span.begin().minus(rule.offset()).minusMillis(1)).toEpochMilli();
    into.keep(reading);
  }

  /// Goes on to a time, and likely beyond.
  void reach(long to) {
    while (next <= to && slotOf(next).isBefore(span.end())) {
      advance();
    }
  }

  private Instant slotOf(long asked) {
    return Instant.ofEpochMilli(asked).plus(rule.offset());
  }

  private void advance() {
    long from = next;
    long last = span.end().minus(rule.offset()).toEpochMilli() - 1;
    int count = (int) Math.min(length.slots(), (last - from) / slots.length() + 1);
    Answers answers = steady ? ahead(from, count) : oneByOne(from, count);
    write(answers);
    next = from + answers.count * slots.length();
  }

  private Answers ahead(long from, int count) {
    long to = from + (count - 1) * slots.length();
    try {
      List<Series> rows =
          past.rows()
              .rows(
                  rule.expression(),
                  Instant.ofEpochMilli(from),
                  Instant.ofEpochMilli(to),
                  slots.length());
      Answers answers = new Answers(from, count);
      rows.forEach(answers::add);
      length.answered(answers.size);
      return answers;
    } catch (Failure e) {
      boolean shorter = length.failed(count);
      return shorter ? ahead(from, Math.min(count, length.slots())) : oneByOne(from, count);
    }
  }

  private Answers oneByOne(long from, int count) {
    Answers answers = new Answers(from, count);
    for (int i = 0; i < count; i++) {
      long at = from + i * slots.length();
      try {
        answers.add(at, past.vector().vector(rule.expression(), Instant.ofEpochMilli(at)));
      } catch (Failure e) {
        answers.fail(i);
      }
    }
    return answers;
  }

  private void write(Answers answers) {
    int[] runs = new int[answers.count];
    for (int i = 0; i < answers.count; i++) {
      runs[i] = answers.fails(i) ? Runs.NONE : span.runs().at(slotOf(answers.time(i)));
    }
    Set<Labels> all = new HashSet<>(before);
    all.addAll(answers.cells.keySet());
    Set<Labels> last = new HashSet<>();
    for (Labels labels : all) {
      if (write(labels, answers, runs)) {
        last.add(labels);
      }
    }
    for (int each : runs) {
      run = each == Runs.NONE ? run : each;
    }
    before = last;
  }

  /// @param runs by slot, or none where nothing is written
  /// @return whether the series is there at the end
  private boolean write(Labels labels, Answers answers, int[] runs) {
    Cells cells = answers.cells.getOrDefault(labels, NO_CELLS);
    boolean there = before.contains(labels);
    int lastRun = run;
    for (int i = 0; i < runs.length; i++) {
      if (runs[i] != Runs.NONE) {
        there = there && runs[i] == lastRun; // an engine that starts knows of no series
        lastRun = runs[i];
        boolean now = cells.has(i);
        if (now) {
          cells.tell(i, labels, answers.time(i), into);
        } else if (there) {
          into.foretell(labels, answers.time(i), Sample.STALE);
        }
        there = now;
      }
    }
    return there;
  }

  /// One series at the slots of a stretch.
  private static final class Cells {
    private final double[] values;
    private final boolean[] present;
    private final Map<Integer, Histogram> histograms = new HashMap<>();

    Cells(int count) {
      values = new double[count];
      present = new boolean[count];
    }

    boolean has(int i) {
      return i < present.length && present[i];
    }

    void tell(int i, Labels labels, long at, OwnSeries into) {
      Histogram histogram = histograms.isEmpty() ? null : histograms.get(i);
      if (histogram == null) {
        into.foretell(labels, at, values[i]);
      } else {
        into.foretell(labels, at, histogram);
      }
    }

    /// @return whether there is one already
    boolean put(int i, double value) {
      values[i] = value;
      return put(i);
    }

    /// Likewise.
    boolean put(int i, Histogram value) {
      histograms.put(i, value);
      return put(i);
    }

    private boolean put(int i) {
      boolean twice = present[i];
      present[i] = true;
      return twice;
    }
  }

  /// What the rule comes to at the slots of a stretch.
  private final class Answers {
    final long from;
    final int count;
    final Map<Labels, Cells> cells = new HashMap<>();
    private final boolean[] failed;
    private final int[] elements;
    int size;

    Answers(long from, int count) {
      this.from = from;
      this.count = count;
      this.failed = new boolean[count];
      this.elements = new int[count];
    }

    long time(int i) {
      return from + i * slots.length();
    }

    void fail(int i) {
      failed[i] = true;
    }

    boolean fails(int i) {
      return failed[i] || (rule.limit() > 0 && elements[i] > rule.limit());
    }

    void add(Series row) {
      Cells into = cells(row.labels());
      for (int i = 0; i < row.timestamps().length; i++) {
        int slot = slot(row.timestamps()[i]);
        count(slot, into.put(slot, row.values()[i]));
      }
      for (Series.HistogramAt each : row.histograms()) {
        int slot = slot(each.timestamp());
        count(slot, into.put(slot, each.value()));
      }
    }

    void add(long at, Vector vector) {
      int slot = slot(at);
      for (Sample each : vector.samples()) {
        count(slot, cells(each.labels()).put(slot, each.value()));
      }
      for (HistogramSample each : vector.histograms()) {
        count(slot, cells(each.labels()).put(slot, each.value()));
      }
    }

    private int slot(long at) {
      return (int) ((at - from) / slots.length());
    }

    private Cells cells(Labels labels) {
      return cells.computeIfAbsent(named(labels), _ -> new Cells(count));
    }

    /// @param twice whether two elements have the same labels
    private void count(int slot, boolean twice) {
      failed[slot] |= twice;
      elements[slot]++;
      size++;
    }
  }

  private Labels named(Labels labels) {
    Labels.Builder builder = Labels.builder().setAll(labels);
    rule.labels().forEach(builder::set);
    return builder.set(Labels.NAME, rule.metric()).build();
  }
}
