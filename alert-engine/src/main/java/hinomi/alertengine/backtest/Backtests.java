package hinomi.alertengine.backtest;

import hinomi.model.BackgroundThreads;
import hinomi.model.Failure;
import hinomi.model.Missing;
import hinomi.model.OverLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Runs backtests, one at a time, on a thread that steps back behind everything else; the newest
/// report stays until the next one is asked for. Any thread.
public final class Backtests implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Backtests.class);

  /// Under this key the log knows what a backtest's engines say, so as to tell it from the real.
  public static final String LOG_KEY = "backtest";

  private static final Duration LATER = Duration.ofSeconds(30);

  private final ThreadFactory threads = new BackgroundThreads("backtest-");
  private Optional<Run> newest = Optional.empty(); // under this

  /// How one of them stands.
  ///
  /// @param progress from 0 to 1
  /// @param failure why there will be no report; empty when there may be
  public record State(String id, double progress, String failure, Optional<Report> report) {
    public boolean isRunning() {
      return failure.isEmpty() && report.isEmpty();
    }
  }

  /// One of them.
  private static final class Run {
    final String id = UUID.randomUUID().toString();
    volatile double progress;
    volatile boolean cancelled;
    volatile String failure = "";
    volatile Optional<Report> report = Optional.empty();

    State state() {
      return new State(id, progress, failure, report);
    }
  }

  /// Begins one; while another runs, that is an [OverLimit].
  public synchronized State start(Backtest backtest, Plan plan) {
    if (newest.filter(run -> run.state().isRunning()).isPresent()) {
      throw OverLimit.rate("another backtest is running", LATER);
    }
    Run run = new Run();
    newest = Optional.of(run);
    threads.newThread(() -> run(run, backtest, plan)).start();
    return run.state();
  }

  private static void run(Run run, Backtest backtest, Plan plan) {
    try (var _ = MDC.putCloseable(LOG_KEY, "true")) {
      run.report =
          Optional.of(
              backtest.run(
                  plan, new Backtest.Watcher(share -> run.progress = share, () -> run.cancelled)));
    } catch (Failure e) {
      run.failure = e.reason();
    } catch (RuntimeException | Error e) {
      log.atError().addKeyValue("backtest", run.id).setCause(e).log("backtest failed");
      run.failure = "internal error: " + e;
    }
  }

  public synchronized State state(String id) {
    return run(id).state();
  }

  /// Ends one that runs; its state then says so.
  public synchronized void cancel(String id) {
    run(id).cancelled = true;
  }

  private Run run(String id) {
    return newest
        .filter(run -> run.id.equals(id))
        .orElseThrow(
            () -> new Missing("there is no backtest \"" + id + "\"; only the newest stays"));
  }

  @Override
  public synchronized void close() {
    newest.ifPresent(run -> run.cancelled = true);
  }
}
