package hinomi.wire;

import hinomi.model.Admission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up what was refused, by reason, keeping the first example of each. One thread.
public final class Refusals {
  private final Map<String, Admission.Refusal> byReason = new LinkedHashMap<>();

  /// @param reason a short stable word for a counter's label
  /// @param example a sentence that names the first of them
  public void add(String reason, int count, String example) {
    byReason.merge(
        reason,
        new Admission.Refusal(reason, count, example),
        (old, more) -> new Admission.Refusal(reason, old.count() + more.count(), old.example()));
  }

  public void addAll(List<Admission.Refusal> refusals) {
    refusals.forEach(refusal -> add(refusal.reason(), refusal.count(), refusal.example()));
  }

  public List<Admission.Refusal> toList() {
    return new ArrayList<>(byReason.values());
  }
}
