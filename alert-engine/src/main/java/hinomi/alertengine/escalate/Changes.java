package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Row;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.model.AlertEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What an evaluation changed.
///
/// @param stored alerts to be written
/// @param forgotten alerts to be deleted
/// @param told alerts that began to fire or were resolved
/// @param events that say so
/// @param rows of other tables that are written with them
public record Changes(
    List<StoredAlert> stored,
    List<StoredAlert> forgotten,
    List<Member> told,
    List<AlertEvent> events,
    PageGroup.Origin origin,
    List<Row> rows) {
  static final Changes NONE = none(NEVER);

  public Changes(
      List<StoredAlert> stored,
      List<StoredAlert> forgotten,
      List<Member> told,
      List<AlertEvent> events,
      PageGroup.Origin origin) {
    this(stored, forgotten, told, events, origin, List.of());
  }

  /// Nothing but the time.
  static Changes none(Instant at) {
    return new Changes(
        List.of(), List.of(), List.of(), List.of(), new PageGroup.Origin(at, ""), List.of());
  }

  Changes with(List<Row> more) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(more);
    return new Changes(stored, forgotten, told, events, origin, all);
  }

  /// The same with the trace that its pages continue.
  public Changes traced(String traceparent) {
    return new Changes(
        stored, forgotten, told, events, new PageGroup.Origin(origin.at(), traceparent), rows);
  }
}
