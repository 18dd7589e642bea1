package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledHistogram.Trait;
import hinomi.model.histogram.Tally;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import hinomi.promql.parse.Span;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How much the native histograms of a window rose from the first to the last, with what was
/// counted before each reset; and what there is to say about that.
///
/// @param counter whether resets matter
record HistogramRise(boolean counter, String metric, Span span, HistogramNotes notes) {
  /// What has to be known of the histograms.
  static final Set<Part> PARTS = EnumSet.of(Part.FIRST, Part.SECOND, Part.LAST, Part.LOST);

  static HistogramRise of(boolean counter, Remarks remarks) {
    return new HistogramRise(
        counter, remarks.metric(), remarks.span(0), new HistogramNotes(remarks.notes()));
  }

  /// Null when some have custom bounds and others have not.
  @Nullable Tally of(RolledHistogram all) {
    Histogram first = part(all, Part.FIRST);
    Histogram last = part(all, Part.LAST);
    // What a reset follows at once is not looked at, whatever its buckets.
    Histogram from = counter ? all.part(Part.SECOND).orElse(first) : first;
    boolean differs =
        counter
            ? all.traits().contains(from.hasCustomBounds() ? Trait.EXPONENTIAL : Trait.CUSTOM)
            : from.hasCustomBounds() != last.hasCustomBounds();
    if (differs) {
      notes.mixedBounds(metric, span);
      return null;
    }
    sayWhatTheyAre(all, first, last);
    Tally rise = Tally.of(last);
    rise.reduceTo(from.schema());
    if (counter && all.traits().contains(Trait.EXPONENTIAL)) {
      rise.reduceTo(all.schema());
    }
    change(rise, from, Doing.SUBTRACTION);
    if (counter) {
      all.part(Part.LOST).ifPresent(lost -> change(rise, lost, Doing.ADDITION));
      if (all.traits().contains(Trait.LOST_RECONCILED)) {
        notes.reconciled(Doing.ADDITION, span);
      }
    }
    return rise;
  }

  private static Histogram part(RolledHistogram all, Part part) {
    return all.part(part)
        .orElseThrow(() -> new IllegalStateException("BUG: histograms without their " + part));
  }

  private void sayWhatTheyAre(RolledHistogram all, Histogram first, Histogram last) {
    if (counter) {
      if (all.traits().contains(Trait.GAUGE)) {
        notes.isNoCounter(metric, span);
      }
    } else if (first.reset() != Histogram.Reset.GAUGE || last.reset() != Histogram.Reset.GAUGE) {
      notes.isNoGauge(metric, span);
    }
  }

  /// Gives false when the two do not fit together.
  boolean change(Tally tally, Histogram by, Doing doing) {
    boolean fits = doing == Doing.ADDITION ? tally.add(by) : tally.subtract(by);
    if (!fits) {
      notes.mixedBounds(metric, span);
    } else if (tally.wasReconciled()) {
      notes.reconciled(doing, span);
    }
    return fits;
  }
}
