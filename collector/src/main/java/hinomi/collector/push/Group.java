package hinomi.collector.push;

import hinomi.model.BadInput;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import hinomi.wire.Exposition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// What was last pushed under one set of grouping labels.
///
/// @param key the grouping labels, `job` among them
/// @param families by name; every sample carries the grouping labels. `push_time_seconds` and
///   `push_failure_time_seconds` are among them, as the Pushgateway adds them
record Group(Labels key, Map<String, Exposition.Family> families) {
  static final String PUSHED = "push_time_seconds";
  static final String FAILED = "push_failure_time_seconds";

  Group {
    families = Map.copyOf(families);
  }

  /// Gives pushed families the grouping labels, which win over labels of the same name. Timestamps
  /// and a series that is given twice are mistakes, as for the Pushgateway.
  static Map<String, Exposition.Family> labelled(Labels key, List<Exposition.Family> pushed) {
    Map<String, Exposition.Family> families = new LinkedHashMap<>();
    Set<Labels> seen = new LinkedHashSet<>();
    for (Exposition.Family family : pushed) {
      List<Exposition.Point> points = new ArrayList<>();
      for (Exposition.Point p : family.points()) {
        Labels labels = labelled(key, p.labels(), p.timestamp(), seen);
        points.add(new Exposition.Point(labels, p.value(), p.timestamp(), p.examples()));
      }
      List<Exposition.NativePoint> histograms = new ArrayList<>();
      for (Exposition.NativePoint p : family.histograms()) {
        Labels labels = labelled(key, p.labels(), p.timestamp(), seen);
        histograms.add(new Exposition.NativePoint(labels, p.value(), p.timestamp(), p.examples()));
      }
      families.put(
          family.name(),
          new Exposition.Family(
              family.name(), family.type(), family.help(), family.unit(), points, histograms));
    }
    return families;
  }

  private static Labels labelled(Labels key, Labels pushed, OptionalLong time, Set<Labels> seen) {
    if (time.isPresent()) {
      throw new BadInput("pushed metrics must not have timestamps, but " + pushed + " has one");
    }
    Labels labels = Labels.builder().setAll(pushed).setAll(key).build();
    if (!seen.add(labels)) {
      throw new BadInput("the series " + labels + " is pushed twice");
    }
    return labels;
  }

  /// This group with one of its own gauges set.
  Group with(String name, double value) {
    Map<String, Exposition.Family> more = new LinkedHashMap<>(families);
    Exposition.Point point =
        new Exposition.Point(key.with(Labels.NAME, name), value, OptionalLong.empty());
    more.put(name, new Exposition.Family(name, Exposition.Type.GAUGE, List.of(point)));
    return new Group(key, more);
  }

  void addTo(WriteBatch batch, long at) {
    for (Exposition.Family family : families.values()) {
      for (Exposition.Point point : family.points()) {
        batch.series(point.labels());
        batch.point(at, point.value());
      }
      for (Exposition.NativePoint point : family.histograms()) {
        batch.series(point.labels());
        batch.histogram(at, point.value());
      }
    }
  }

  /// What is told once and not repeated: exemplars, and what the metrics are.
  void addAbout(WriteBatch batch, long at) {
    for (Exposition.Family family : families.values()) {
      batch.metadata(
          new Metadata(family.name(), family.type().word(), family.help(), family.unit()));
      family.points().forEach(p -> addExamples(batch, p.labels(), p.examples(), at));
      family.histograms().forEach(p -> addExamples(batch, p.labels(), p.examples(), at));
    }
  }

  private static void addExamples(
      WriteBatch batch, Labels labels, List<Exposition.Example> examples, long at) {
    if (!examples.isEmpty()) {
      batch.series(labels);
      for (Exposition.Example example : examples) {
        batch.exemplar(
            new Exemplar(example.labels(), example.value(), example.timestamp().orElse(at)));
      }
    }
  }

  /// The series of numbers.
  Set<Labels> series() {
    Set<Labels> series = new LinkedHashSet<>();
    families.values().forEach(f -> f.points().forEach(p -> series.add(p.labels())));
    return series;
  }

  /// The series of native histograms.
  Set<Labels> histograms() {
    Set<Labels> series = new LinkedHashSet<>();
    families.values().forEach(f -> f.histograms().forEach(p -> series.add(p.labels())));
    return series;
  }
}
