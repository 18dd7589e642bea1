package hinomi.ruletests;

import hinomi.model.Labels;
import hinomi.promql.notation.SeriesLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One file of promtool's unit tests (Prometheus, docs/configuration/unit_testing_rules).
///
/// @param ruleFiles as the patterns were resolved
/// @param interval between evaluations
/// @param order names of groups; those that are not named count as the first
/// @param fuzzy whether numbers that are neighbours count as equal
record TestFile(
    List<Path> ruleFiles,
    Duration interval,
    List<String> order,
    boolean fuzzy,
    List<Group> groups) {
  TestFile {
    ruleFiles = List.copyOf(ruleFiles);
    order = List.copyOf(order);
    groups = List.copyOf(groups);
  }

  /// Series and what must come of them.
  ///
  /// @param name may be empty
  /// @param interval between the values of the series
  record Group(
      String name,
      Duration interval,
      Instant start,
      List<SeriesLine> series,
      External external,
      List<AlertCase> alerts,
      List<QueryCase> queries) {
    Group {
      series = List.copyOf(series);
      alerts = List.copyOf(alerts);
      queries = List.copyOf(queries);
    }

    /// The last time that some case looks at, since the start.
    Duration end() {
      Duration end = Duration.ZERO;
      for (AlertCase each : alerts) {
        end = each.at().compareTo(end) > 0 ? each.at() : end;
      }
      for (QueryCase each : queries) {
        end = each.at().compareTo(end) > 0 ? each.at() : end;
      }
      return end;
    }
  }

  /// What templates see of the installation.
  record External(Labels labels, String url) {}

  /// The alerts of one name that must fire, and no others.
  record AlertCase(Duration at, String alertname, List<FiringAlert> expected) {
    AlertCase {
      expected = List.copyOf(expected);
    }
  }

  /// An alert as it is compared: a label or annotation that is empty is not one that is absent.
  ///
  /// @param labels with `alertname`
  record FiringAlert(SortedMap<String, String> labels, SortedMap<String, String> annotations) {
    /// As label sets are ordered: pair by pair, labels first.
    static final Comparator<FiringAlert> ORDER =
        Comparator.<FiringAlert, List<String>>comparing(
                alert -> words(alert.labels()), FiringAlert::compare)
            .thenComparing(alert -> words(alert.annotations()), FiringAlert::compare);

    FiringAlert(Map<String, String> labels, Map<String, String> annotations) {
      this(new TreeMap<>(labels), new TreeMap<>(annotations));
    }

    private static List<String> words(SortedMap<String, String> pairs) {
      List<String> words = new ArrayList<>();
      pairs.forEach((name, value) -> words.addAll(List.of(name, value)));
      return words;
    }

    private static int compare(List<String> one, List<String> other) {
      for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
        int order = one.get(i).compareTo(other.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(one.size(), other.size());
    }
  }

  /// What a query must answer.
  record QueryCase(Duration at, String expression, List<Answered> expected) {
    QueryCase {
      expected = List.copyOf(expected);
    }
  }
}
