package hinomi.collector.admit;

import hinomi.model.Admission;
import java.util.List;

/// What the limits left of a batch.
///
/// @param kept in the order in which they came
/// @param refusals the rest, by reason
/// @param cut how many of the kept were shortened
public record Judged<T>(List<T> kept, List<Admission.Refusal> refusals, int cut) {}
