package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;
import java.util.List;

/// How far up its ladder a group is.
///
/// @param round counts the climbs: a new alert after an acknowledgement begins another
/// @param step that comes next, from 0
/// @param stepAt when it is due
/// @param remindAt when those who were told are reminded
/// @param reached everybody who was told, in order
public record Climb(int round, int step, Instant stepAt, Instant remindAt, List<String> reached) {
  public static final Climb NOT_BEGUN = new Climb(0, 0, NEVER, NEVER, List.of());

  public Climb {
    reached = List.copyOf(reached);
  }
}
