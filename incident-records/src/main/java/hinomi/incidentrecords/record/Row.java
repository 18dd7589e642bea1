package hinomi.incidentrecords.record;

import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An incident's own row, with what is internal of it.
///
/// @param byPerson declared or reopened by a person: only a person ends it
/// @param recoveredAt when its last alert ended, while none fires
public record Row(
    String id,
    Text title,
    Impact impact,
    Stage stage,
    boolean byPerson,
    List<String> components,
    Instant startedAt,
    Optional<Instant> recoveredAt,
    Optional<Instant> resolvedAt) {
  public Row {
    components = List.copyOf(components);
  }

  public boolean open() {
    return stage != Stage.RESOLVED;
  }

  public Row titled(Text newTitle, Impact newImpact) {
    return new Row(
        id, newTitle, newImpact, stage, byPerson, components, startedAt, recoveredAt, resolvedAt);
  }

  public Row startedAt(Instant at) {
    return new Row(id, title, impact, stage, byPerson, components, at, recoveredAt, resolvedAt);
  }

  public Row recovered(Optional<Instant> at) {
    return new Row(id, title, impact, stage, byPerson, components, startedAt, at, resolvedAt);
  }

  /// In another stage; one that is resolved ended at `end`, any other has not ended.
  public Row in(Stage newStage, Instant end) {
    Optional<Instant> ended =
        newStage == Stage.RESOLVED ? Optional.of(resolvedAt.orElse(end)) : Optional.empty();
    return new Row(
        id, title, impact, newStage, byPerson, components, startedAt, recoveredAt, ended);
  }

  /// In the hands of a person from now on.
  public Row reopened() {
    return new Row(
        id, title, impact, stage, true, components, startedAt, Optional.empty(), Optional.empty());
  }
}
