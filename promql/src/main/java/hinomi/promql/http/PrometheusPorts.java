package hinomi.promql.http;

import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Metadata;
import hinomi.promql.SeriesIndex;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the Prometheus API needs of others beside answers of queries. Times are milliseconds since
/// the epoch, both ends included; no matchers mean all series.
public record PrometheusPorts(
    Lookups lookups, Rules rules, Targets targets, Admin admin, Status status) {

  /// What is stored, without samples.
  public record Lookups(
      SeriesIndex series,
      LabelNames names,
      LabelValues values,
      Exemplars exemplars,
      MetricMetadata metadata) {}

  /// The names of labels of the series that all matchers fit, each once. Any order.
  @FunctionalInterface
  public interface LabelNames {
    Collection<String> find(List<Matcher> matchers, long fromMillis, long toMillis);
  }

  /// The values that a label has in the series that all matchers fit, each once. Any order.
  @FunctionalInterface
  public interface LabelValues {
    Collection<String> find(String label, List<Matcher> matchers, long fromMillis, long toMillis);
  }

  /// Exemplars of the series that all matchers fit, in time order.
  @FunctionalInterface
  public interface Exemplars {
    Map<Labels, List<Exemplar>> find(List<Matcher> matchers, long fromMillis, long toMillis);
  }

  /// What senders told of their metrics, by name; more than one when they disagree.
  @FunctionalInterface
  public interface MetricMetadata {
    Map<String, List<Metadata>> all();
  }

  /// All groups of rules as they stand, in their order.
  @FunctionalInterface
  public interface Rules {
    List<RuleGroup> groups();
  }

  /// Who sends samples, as seen from here.
  @FunctionalInterface
  public interface Targets {
    List<Target> all();
  }

  /// What changes the stored data.
  public record Admin(
      DeleteSeries delete, CleanTombstones clean, TakeSnapshot snapshot, Compact compact) {}

  /// Hides the samples of the series that all matchers fit, for good.
  @FunctionalInterface
  public interface DeleteSeries {
    void delete(List<Matcher> matchers, long fromMillis, long toMillis);
  }

  /// Gives back the room of what was deleted.
  @FunctionalInterface
  public interface CleanTombstones {
    void clean();
  }

  /// Copies all data beside the living.
  @FunctionalInterface
  public interface TakeSnapshot {
    /// The name of the copy's folder.
    ///
    /// @param skipHead without the newest data, which is not in blocks yet
    String take(boolean skipHead);
  }

  /// Brings all data, the newest included, into as few bytes as can be; returns when that is done.
  @FunctionalInterface
  public interface Compact {
    void compact();
  }

  /// What is told of the server and its store.
  public record Status(StoreReport store, ServerReport server) {}

  /// The store's newest part and what makes it large.
  @FunctionalInterface
  public interface StoreReport {
    /// @param limit entries of each list
    StoreStatus now(int limit);
  }

  /// How the configuration came to be in force.
  ///
  /// @param at when it was read
  /// @param successful whether the last try to read another was
  public record Configured(Instant at, boolean successful) {}

  /// The process.
  @FunctionalInterface
  public interface ServerReport {
    ServerStatus now();
  }

  /// @param started when the process did
  /// @param configuration in force, as YAML, without secrets
  /// @param flags settings given at the start, by name
  /// @param corruptions places where stored data was found damaged
  /// @param retention how long samples are kept, as `90d`
  public record ServerStatus(
      Instant started,
      String configuration,
      Configured configured,
      Map<String, String> flags,
      long corruptions,
      String retention) {}
}
