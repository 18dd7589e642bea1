package hinomi.model.histogram;

import hinomi.model.Histogram;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledHistogram.Trait;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes neighbouring native histograms of one series together, singly or what was taken together
/// before: whatever the order of the work, the result is the same but for the rounding of sums.
/// Only the parts that are wanted are made; [Part#LOST] needs [Part#FIRST] and [Part#LAST]. One
/// thread.
public final class Run {
  private final Set<Part> wanted;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private int schema = Integer.MAX_VALUE;
  private long count;
  private long firstTime;
  private long lastTime;
  private @Nullable Histogram first;
  private @Nullable Histogram second;
  private @Nullable Histogram last;
  private @Nullable Tally sum;
  private @Nullable Tally lost;

  public Run(Set<Part> wanted) {
    this.wanted = wanted;
  }

  /// Whether one that comes behind another begins a new count; false where nobody wants to know.
  public static boolean isAnew(RolledHistogram before, RolledHistogram next) {
    Histogram earlier = before.parts().get(Part.LAST);
    Histogram later = next.parts().get(Part.FIRST);
    return earlier != null && later != null && Resets.isBetween(earlier, later);
  }

  /// Takes in what comes behind all others.
  ///
  /// @param anew whether a new count begins with it ([#isAnew])
  public void add(RolledHistogram next, boolean anew) {
    Histogram begin = next.parts().get(Part.FIRST);
    if (count == 0) {
      firstTime = next.firstTime();
      first = begin;
      second = next.parts().get(Part.SECOND);
    } else {
      join(begin, anew);
      if (begin != null && next.parts().containsKey(Part.SECOND)) {
        lose(begin);
      }
    }
    traits.addAll(next.traits());
    if (next.traits().contains(Trait.EXPONENTIAL)) {
      schema = Math.min(schema, next.schema());
    }
    next.part(Part.LOST).ifPresent(this::lose);
    total(next.parts().get(Part.SUM));
    last = next.parts().get(Part.LAST);
    lastTime = next.lastTime();
    count += next.count();
  }

  /// Likewise a single histogram.
  public void add(long timestamp, Histogram next, boolean anew) {
    if (count == 0) {
      firstTime = timestamp;
      first = next;
    } else {
      join(next, anew);
    }
    traits.addAll(RolledHistogram.traits(next.reset()));
    total(next);
    last = next;
    lastTime = timestamp;
    count++;
  }

  /// @param next which is not the first of all
  private void join(@Nullable Histogram next, boolean anew) {
    if (next == null) {
      return;
    }
    traits.add(next.hasCustomBounds() ? Trait.CUSTOM : Trait.EXPONENTIAL);
    if (!next.hasCustomBounds()) {
      schema = Math.min(schema, next.schema());
    }
    if (anew && count == 1) {
      second = Histograms.nothingLike(next);
    } else if (anew && last != null) {
      lose(last);
    }
  }

  private void lose(Histogram histogram) {
    if (!wanted.contains(Part.LOST)) {
      return;
    }
    if (lost == null) {
      lost = Tally.of(histogram);
    } else {
      // Where they do not fit there is no rise either, as the traits tell.
      lost.add(histogram);
    }
  }

  private void total(@Nullable Histogram histogram) {
    if (!wanted.contains(Part.SUM)) {
      return;
    }
    if (count == 0) {
      sum = histogram == null ? null : Tally.of(histogram);
    } else if (histogram == null || (sum != null && !sum.add(histogram))) {
      sum = null;
    }
  }

  /// What all come to, at least one.
  ///
  /// @param end up to when that reaches
  public RolledHistogram at(long end) {
    Map<Part, Histogram> parts = new EnumMap<>(Part.class);
    put(parts, Part.FIRST, first);
    put(parts, Part.SECOND, second);
    put(parts, Part.LAST, last);
    put(parts, Part.SUM, sum == null ? null : sum.histogram());
    put(parts, Part.LOST, lost == null ? null : lost.histogram());
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(traits);
    if (sum != null && sum.isReconciled()) {
      all.add(Trait.SUM_RECONCILED);
    }
    if (lost != null && lost.isReconciled()) {
      all.add(Trait.LOST_RECONCILED);
    }
    int coarsest = traits.contains(Trait.EXPONENTIAL) ? schema : 0;
    return new RolledHistogram(end, count, firstTime, lastTime, all, coarsest, parts);
  }

  private void put(Map<Part, Histogram> parts, Part part, @Nullable Histogram histogram) {
    if (histogram != null && wanted.contains(part)) {
      parts.put(part, histogram);
    }
  }
}
