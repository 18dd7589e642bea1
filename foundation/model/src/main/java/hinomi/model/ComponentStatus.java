package hinomi.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The measured state of one component and its last days, for readers: children follow their
/// parent.
///
/// @param id stable, used in links and JSON
/// @param parent id of the parent, or the empty string at the top
/// @param name public name
/// @param description one public line, or empty
/// @param condition now
/// @param since when it last changed to that
/// @param days the last 90 days, oldest first, today last
/// @param total over those days
/// @param evidence what stands behind `condition`: one line per source
public record ComponentStatus(
    String id,
    String parent,
    Text name,
    Text description,
    Condition condition,
    Instant since,
    List<Day> days,
    Tally total,
    List<String> evidence) {
  public ComponentStatus {
    days = List.copyOf(days);
    evidence = List.copyOf(evidence);
  }

  /// A day in the operator's zone; today's tally ends now.
  public record Day(LocalDate date, Tally tally) {}

  /// How long it was what; the three add up to the span.
  public record Tally(Duration up, Duration down, Duration unknown) {
    public static final Tally NONE = new Tally(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Tally plus(Tally other) {
      return new Tally(up.plus(other.up), down.plus(other.down), unknown.plus(other.unknown));
    }

    public Duration span() {
      return up.plus(down).plus(unknown);
    }

    public boolean measured() {
      return !up.plus(down).isZero();
    }

    /// up ÷ (up + down), in 0…1; meaningless and 0 unless [#measured]. Unknown time is in neither:
    /// it is shown beside the number as coverage.
    public double uptime() {
      Duration measured = up.plus(down);
      return measured.isZero() ? 0 : (double) up.toMillis() / measured.toMillis();
    }
  }
}
