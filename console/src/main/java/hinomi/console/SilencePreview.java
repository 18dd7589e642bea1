package hinomi.console;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;

/// What a silence would have hidden of all that was told, and what it would hide now.
///
/// @param from since when what was told was looked at
/// @param complete whether all of it was
/// @param firing what fires now and would not be told any more
/// @param past alerts that were told and would not have been, the latest first
/// @param groups page groups of which something would not have been told
/// @param pages how many of these woke people
/// @param wholly messages that would not have left at all
/// @param partly messages that would have left with fewer alerts
/// @param people who would have been told less, by name
public record SilencePreview(
    Instant from,
    boolean complete,
    List<Labels> firing,
    List<Past> past,
    int groups,
    int pages,
    int wholly,
    int partly,
    List<String> people) {
  /// An alert that was told.
  ///
  /// @param times in how many messages
  public record Past(Labels labels, int times, Instant first, Instant last) {}

  public SilencePreview {
    firing = List.copyOf(firing);
    past = List.copyOf(past);
    people = List.copyOf(people);
  }
}
