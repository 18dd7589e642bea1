package hinomi.alertengine.group;

import hinomi.model.Labels;
import java.util.List;

/// What a message says besides the alerts that it lists.
///
/// @param causedCount how many alerts are held back because one of these is their cause
/// @param caused the first of them
/// @param omitted how many alerts of the group it does not list, since they are too many
public record Besides(int causedCount, List<Labels> caused, int omitted) {
  public static final Besides NOTHING = new Besides(0, List.of(), 0);

  private static final int MAX_CAUSED = 20;

  public Besides {
    caused = List.copyOf(caused);
  }

  /// @param held all alerts that are held back
  public static Besides causing(List<Labels> held) {
    return new Besides(held.size(), held.subList(0, Math.min(MAX_CAUSED, held.size())), 0);
  }

  Besides omitting(int more) {
    return new Besides(causedCount, caused, omitted + more);
  }
}
