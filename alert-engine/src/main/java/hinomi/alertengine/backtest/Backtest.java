package hinomi.alertengine.backtest;

import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
    Map<String, Reading> known = new HashMap<>();
    Readings readings = text -> known.computeIfAbsent(text, grammar.readings()::of);
    Grammar remembered = new Grammar(readings, grammar.comparands(), grammar.sampleCounts());
    try (Scene scene = new Scene(plan, history, logs, remembered, recorded);
        Replay before = scene.replay(plan.before());
        Replay after = scene.replay(plan.after())) {
      Instant now = plan.begin();
      double whole = Math.max(1, Duration.between(now, plan.to()).toMillis());
      while (now.isBefore(plan.to())) {
        if (watcher.cancelled().getAsBoolean()) {
          throw new Unavailable("the backtest was cancelled");
        }
        now = now.plus(STRIDE).isBefore(plan.to()) ? now.plus(STRIDE) : plan.to();
        before.advanceTo(now);
        after.advanceTo(now);
        scene.passed(now);
        watcher.progress().accept(Duration.between(plan.begin(), now).toMillis() / whole);
      }
      return Report.of(plan, before.course(), after.course());
    }
  }
}
