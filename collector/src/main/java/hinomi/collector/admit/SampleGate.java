package hinomi.collector.admit;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges samples by their labels. Time is the store's affair, which knows each series' newest
/// sample. Stateless; any thread.
public final class SampleGate {
  private final LabelLimits limits;

  public SampleGate(int maxLabels) {
    this.limits = new LabelLimits(maxLabels);
  }

  public Judged<Sample> judge(List<Sample> samples) {
    List<Sample> kept = new ArrayList<>(samples.size());
    Refusals refusals = new Refusals();
    Labels last = Labels.EMPTY;
    Optional<LabelLimits.Excess> excess = Optional.empty();
    for (Sample sample : samples) {
      // The samples of a series come one after the other and share their labels.
      if (!sample.labels().equals(last)) {
        last = sample.labels();
        excess = limits.judge(last);
      }
      if (excess.isEmpty()) {
        kept.add(sample);
      } else {
        refusals.add(excess.get().reason(), 1, excess.get().sentence());
      }
    }
    return new Judged<>(kept, refusals.toList(), 0);
  }
}
