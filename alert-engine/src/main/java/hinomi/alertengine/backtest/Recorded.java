package hinomi.alertengine.backtest;

import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.state.Transition;
import java.time.Instant;
import java.util.List;

/// What the live engine noted of a time.
///
/// @param log lines of its transition log
/// @param taken groups that somebody acknowledged
/// @param silences that there were
public record Recorded(List<String> log, List<PageGroup> taken, List<Silence> silences) {
  /// Nothing, as of a time when nobody watched.
  public static final Recorded NOTHING = new Recorded(List.of(), List.of(), List.of());

  private static final int MOST_GROUPS = 10_000;

  public Recorded {
    log = List.copyOf(log);
    taken = List.copyOf(taken);
    silences = List.copyOf(silences);
  }

  /// @param to excluded
  public static Recorded of(AlertJournal journal, Instant from, Instant to) {
    return new Recorded(
        journal.transitions().between(from, to, Backtest.MOST_LINES),
        journal.latestGroups(MOST_GROUPS).stream()
            .filter(group -> group.acknowledgement().isGiven())
            .filter(group -> !group.acknowledgement().at().isBefore(from))
            .filter(group -> group.acknowledgement().at().isBefore(to))
            .toList(),
        SilenceBook.table(journal).all());
  }

  /// Whether the engine was at work when the time began, as far as its first line tells.
  boolean isRunningAtFirst() {
    return steps().stream()
        .findFirst()
        .filter(Transition::isEngine)
        .map(step -> step.to().equals("stopped") || step.from().equals("killed"))
        .orElse(true);
  }

  List<Transition> steps() {
    return log.stream().map(Transition::heading).toList();
  }
}
