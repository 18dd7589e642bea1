package hinomi.model;

import java.util.List;

/// What became of a batch that was handed over: what is stored is durable, what was refused has a
/// reason. `accepted` + the refused counts = what was handed over, so that nothing vanishes.
///
/// @param accepted how many are durably held, those that were held already included
/// @param histograms how many of these are native histograms; of a batch of samples
/// @param exemplars how many exemplars came with the batch and are held; they are accounted for by
///   themselves
/// @param refusals what was not taken, by reason
public record Admission(int accepted, int histograms, int exemplars, List<Refusal> refusals) {
  /// Some items refused for one reason.
  ///
  /// @param reason a short stable word for a counter's label, such as `too_old`, `duplicate`
  /// @param count how many
  /// @param example a sentence that names the first of them
  public record Refusal(String reason, int count, String example) {}

  public Admission {
    refusals = List.copyOf(refusals);
  }

  /// One of items of a single kind.
  public Admission(int accepted, List<Refusal> refusals) {
    this(accepted, 0, 0, refusals);
  }

  public static Admission all(int accepted) {
    return new Admission(accepted, List.of());
  }

  public int refused() {
    return refusals.stream().mapToInt(Refusal::count).sum();
  }
}
