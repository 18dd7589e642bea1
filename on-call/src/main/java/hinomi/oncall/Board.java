package hinomi.oncall;

import hinomi.oncall.answer.Timeline;
import hinomi.oncall.change.Change;
import hinomi.oncall.roster.Roster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All timelines as they are at the moment. It never changes itself; any thread.
record Board(Roster roster, List<Change> changes, Map<String, Timeline> timelines) {
  Board(Roster roster, List<Change> changes) {
    this(roster, List.copyOf(changes), timelines(roster, changes));
  }

  private static Map<String, Timeline> timelines(Roster roster, List<Change> changes) {
    Map<String, Timeline> timelines = new LinkedHashMap<>();
    roster
        .schedules()
        .forEach((id, schedule) -> timelines.put(id, new Timeline(schedule, changes)));
    return timelines;
  }

  Timeline timeline(String schedule) {
    Timeline timeline = timelines.get(schedule);
    return timeline == null
        ? new Timeline(roster.schedule(schedule), changes) // says that it is missing
        : timeline;
  }

  /// With a change as it now is, in place of how it was, if it was there.
  ///
  /// Timelines of other schedules are the same, with what they have computed.
  Board with(Change change) {
    List<Change> next = new ArrayList<>(changes);
    next.removeIf(old -> old.id() == change.id());
    next.add(change);
    Map<String, Timeline> renewed = new LinkedHashMap<>(timelines);
    Optional.ofNullable(roster.schedules().get(change.schedule()))
        .ifPresent(schedule -> renewed.put(schedule.id(), new Timeline(schedule, next)));
    return new Board(roster, List.copyOf(next), renewed);
  }
}
