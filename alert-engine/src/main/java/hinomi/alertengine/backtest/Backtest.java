package hinomi.alertengine.backtest;

import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/// Replays two setups over the stored past and tells what is different. Runs on the caller's
/// thread, as long as it takes.
///
/// @param history the stored samples
/// @param logs the stored lines
/// @param recorded what the live engine noted of the same time
public record Backtest(History history, Past logs, Grammar grammar, Recorded recorded) {
  /// Lines of a log that are kept of one replay.
  public static final int MOST_LINES = 1_000_000;

  /// Both move together, so that what is asked ahead serves both.
  private static final Duration STRIDE = Duration.ofHours(1);

  /// How far a backtest is.
  ///
  /// @param progress is told a share of one, often
  /// @param cancelled whether nobody waits for it any more
  public record Watcher(DoubleConsumer progress, BooleanSupplier cancelled) {}

  public Report run(Plan plan, Watcher watcher) {
    Set<String> recordedMetrics = new HashSet<>(plan.before().recorded());
    recordedMetrics.addAll(plan.after().recorded());
    Set<String> alertnames = new HashSet<>(plan.before().alertnames());
    alertnames.addAll(plan.after().alertnames());
    OwnSeries nobodys = new OwnSeries(Set.of(), Set.of(), plan.begin());
    Past plain = history.open(nobodys);
    Asking.Shared stored =
        new Asking.Shared(
            new Foresight(plain, grammar.readings(), nobodys, plan.to()),
            new Foresight(logs, Readings.LOGS, nobodys, plan.to()));
    try (Replay before =
            replay(
                plan.before(),
                plan,
                stored,
                new OwnSeries(recordedMetrics, alertnames, plan.begin()));
        Replay after =
            replay(
                plan.after(),
                plan,
                stored,
                new OwnSeries(recordedMetrics, alertnames, plan.begin()))) {
      Instant now = plan.begin();
      double whole = Math.max(1, Duration.between(now, plan.to()).toMillis());
      while (now.isBefore(plan.to())) {
        if (watcher.cancelled().getAsBoolean()) {
          throw new Unavailable("the backtest was cancelled");
        }
        now = now.plus(STRIDE).isBefore(plan.to()) ? now.plus(STRIDE) : plan.to();
        before.advanceTo(now);
        after.advanceTo(now);
        watcher.progress().accept(Duration.between(plan.begin(), now).toMillis() / whole);
      }
      return Report.of(plan, before.course(), after.course());
    } finally {
      plain.end().run();
    }
  }

  private Replay replay(Setup setup, Plan plan, Asking.Shared stored, OwnSeries own) {
    Asking asking = new Asking(own, history, stored, grammar, plan.to());
    return new Replay(setup, plan, asking, recorded);
  }
}
