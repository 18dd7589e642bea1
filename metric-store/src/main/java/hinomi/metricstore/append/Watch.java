package hinomi.metricstore.append;

import hinomi.metricstore.head.HeadSeries;
import hinomi.metricstore.index.Arrivals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells somebody which of the metrics that matter to them a group held. Series know whether they
/// matter, and the group which samples are theirs. One thread.
final class Watch {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Consumer<Map<String, Long>> arrived;
  private final List<Arrivals> noted = new ArrayList<>();

  Watch(Consumer<Map<String, Long>> arrived) {
    this.arrived = arrived;
  }

  void tell(Group group) {
    group.watched().forEach(one -> note(one.series(), one.timestamp()));
    if (noted.isEmpty()) {
      return;
    }
    Map<String, Long> newest = new HashMap<>();
    noted.forEach(arrivals -> newest.put(arrivals.metric(), arrivals.take()));
    noted.clear();
    try {
      arrived.accept(newest);
    } catch (RuntimeException e) {
      // The samples are stored; who listens must not stop the store.
      log.atError().setCause(e).log("whoever watches metrics failed");
    }
  }

  private void note(HeadSeries series, long timestamp) {
    Arrivals arrivals = series.arrivals();
    if (arrivals != null && arrivals.note(timestamp)) {
      noted.add(arrivals);
    }
  }
}
