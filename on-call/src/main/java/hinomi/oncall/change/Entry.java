package hinomi.oncall.change;

/// One step of a change, as it is kept for ever.
///
/// @param change id
/// @param version that the change had after it
/// @param action what was done: `made`, `accepted`, `declined`, `approved`, `withdrawn`
public record Entry(
    long change, String schedule, int version, String action, Change.Signature signed) {}
