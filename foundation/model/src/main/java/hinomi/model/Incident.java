package hinomi.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An incident as readers see it: what is public of the record.
///
/// @param id stable, in links: `20261121-1`
/// @param title public title
/// @param impact how bad
/// @param stage the newest update's stage
/// @param components ids of the components concerned
/// @param startedAt when it began, by measurement
/// @param resolvedAt when it ended
/// @param updates public updates, newest last
/// @param postmortem published post-mortem
public record Incident(
    String id,
    Text title,
    Impact impact,
    Stage stage,
    List<String> components,
    Instant startedAt,
    Optional<Instant> resolvedAt,
    List<Update> updates,
    Optional<Postmortem> postmortem) {
  public Incident {
    components = List.copyOf(components);
    updates = List.copyOf(updates);
  }

  /// Atlassian Statuspage's words for impact.
  public enum Impact {
    NONE,
    MINOR,
    MAJOR,
    CRITICAL
  }

  /// The stages of a public incident, in their usual order.
  public enum Stage {
    INVESTIGATING,
    IDENTIFIED,
    MONITORING,
    RESOLVED
  }

  /// A public update.
  ///
  /// @param number from 1, the N of 第N報
  /// @param stage the incident's stage from then on
  /// @param text plain text in both languages
  /// @param at when it was published
  public record Update(int number, Stage stage, Text text, Instant at) {}

  /// A published post-mortem.
  ///
  /// @param markdown CommonMark with tables
  /// @param author who published it
  public record Postmortem(Text markdown, String author, Instant publishedAt) {}

  public boolean open() {
    return resolvedAt.isEmpty();
  }
}
