package hinomi.alertengine.explain;

import hinomi.alertengine.journal.DecisionTable;
import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Once an hour forgets decisions that are old, and the oldest when there are too many.
public final class DecisionRetention {
  private static final Logger log = LoggerFactory.getLogger(DecisionRetention.class);
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final long MOST = 1_000_000;

  private DecisionRetention() {}

  public static Cancel start(DecisionTable table, Duration retention, Time time) {
    return time.every(
        PERIOD,
        "decisions",
        () -> {
          try {
            int rows = table.prune(time.now().minus(retention), MOST);
            if (rows > 0) {
              log.atDebug().addKeyValue("rows", rows).log("old decisions forgotten");
            }
          } catch (Unavailable e) {
            log.atWarn().addKeyValue("reason", e.reason()).log("cannot forget old decisions");
          }
        });
  }
}
