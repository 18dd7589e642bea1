package hinomi.server;

import hinomi.metricstore.MetricStore;
import hinomi.metricstore.head.HeadStatus;
import hinomi.promql.http.PrometheusPorts;
import hinomi.promql.http.StoreStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// The Prometheus API's ports onto the metric store and the process.
record StoreJoints(MetricStore metrics, Supplier<Reload.State> config, Instant started) {
  PrometheusPorts.Lookups lookups() {
    return new PrometheusPorts.Lookups(
        metrics::series,
        metrics::labelNames,
        metrics::labelValues,
        metrics::exemplars,
        metrics::metadata);
  }

  PrometheusPorts.Admin admin() {
    return new PrometheusPorts.Admin(
        metrics::delete, metrics::cleanTombstones, metrics::snapshot, metrics::compact);
  }

  PrometheusPorts.Status status() {
    return new PrometheusPorts.Status(this::store, this::server);
  }

  private StoreStatus store(int limit) {
    HeadStatus status = metrics.status(limit);
    HeadStatus.Sizes sizes = status.sizes();
    return new StoreStatus(
        sizes.series(),
        status.labelPairs(),
        sizes.chunks(),
        sizes.oldest(),
        sizes.newest(),
        counts(status.seriesByMetric()),
        counts(status.valuesByLabel()),
        counts(status.bytesByLabel()),
        counts(status.seriesByPair()));
  }

  private static List<StoreStatus.Count> counts(List<HeadStatus.Count> counts) {
    return counts.stream().map(each -> new StoreStatus.Count(each.name(), each.count())).toList();
  }

  private PrometheusPorts.ServerStatus server() {
    Reload.State state = config.get();
    AppConfig inForce = state.inForce();
    return new PrometheusPorts.ServerStatus(
        started,
        inForce.shown().text(),
        new PrometheusPorts.Configured(state.since(), state.successful()),
        inForce.shown().overrides(),
        metrics.damaged(),
        inForce.metricStore().retention().toDays() + "d");
  }
}
