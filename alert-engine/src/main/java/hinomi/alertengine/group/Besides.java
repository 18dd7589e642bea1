package hinomi.alertengine.group;

import hinomi.model.Labels;
import java.util.List;

/// What a message says besides the alerts that it lists.
///
/// @param causedCount how many alerts are held back because one of these is their cause
/// @param caused the first of them
/// @param omitted how many alerts of the group it does not list, since they are too many
/// @param gathered what a summary stands for
public record Besides(int causedCount, List<Labels> caused, int omitted, Gathered gathered) {
  public static final Besides NOTHING = new Besides(0, List.of(), 0, Gathered.NOTHING);

  private static final int MAX_CAUSED = 20;

  public Besides {
    gathered = gathered == null ? Gathered.NOTHING : gathered; // rows of earlier versions
    caused = List.copyOf(caused);
  }

  /// @param held all alerts that are held back
  public static Besides causing(List<Labels> held) {
    return new Besides(
        held.size(), held.subList(0, Math.min(MAX_CAUSED, held.size())), 0, Gathered.NOTHING);
  }

  /// @param omitted alerts of it that are not listed
  public static Besides gathering(Gathered all, int omitted) {
    return new Besides(0, List.of(), omitted, all);
  }

  Besides omitting(int more) {
    return new Besides(causedCount, caused, omitted + more, gathered);
  }
}
