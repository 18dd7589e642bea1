package hinomi.promql.evaluate;

import com.google.re2j.Pattern;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Period;
import hinomi.promql.parse.Reach;
import hinomi.promql.parse.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `info(v, {…})`: gives elements the labels of info series (`target_info`) that have the same
/// `instance` and `job`, at each step those of the newest one. Source: Prometheus,
/// docs/querying/functions, `info()`.
final class InfoFunction {
  private static final List<String> IDENTIFYING = List.of("instance", "job");

  private final Arguments arguments;
  private final List<Matcher> nameMatchers = new ArrayList<>();

  /// What is asked of the labels that are to be taken over; those alone are, where any is asked.
  private final Map<String, List<Matcher>> dataMatchers = new TreeMap<>();

  private InfoFunction(Arguments arguments) {
    this.arguments = arguments;
    if (arguments.count() > 1 && arguments.expr(1) instanceof Expr.Selector selector) {
      for (Matcher matcher : selector.matchers()) {
        if (matcher.name().equals(Labels.NAME)) {
          nameMatchers.add(matcher);
        } else {
          dataMatchers.computeIfAbsent(matcher.name(), _ -> new ArrayList<>()).add(matcher);
        }
      }
    }
    addDefaultName();
  }

  private void addDefaultName() {
    boolean positive =
        nameMatchers.stream()
            .map(Matcher::kind)
            .anyMatch(kind -> kind == Matcher.Kind.EQUAL || kind == Matcher.Kind.REGEX);
    if (nameMatchers.isEmpty()) {
      nameMatchers.add(Matcher.equal(Labels.NAME, "target_info"));
    } else if (!positive) {
      nameMatchers.add(new Matcher(Matcher.Kind.REGEX, Labels.NAME, ".+_info"));
    }
  }

  static Value apply(Arguments arguments) {
    return new InfoFunction(arguments).joined();
  }

  private Value joined() {
    List<Row> rows = arguments.vector(0).rows();
    Map<Labels, List<Row>> infos = infos(rows);
    Rows result = new Rows();
    for (Row row : rows) {
      arguments.budget().check();
      if (isInfo(row)) {
        result.add(row);
      } else {
        enrich(row, infos.getOrDefault(row.labels().only(IDENTIFYING), List.of()), result);
      }
    }
    return result.vector();
  }

  /// Whether an element is of an info series itself.
  private boolean isInfo(Row row) {
    String metric = row.labels().metric();
    return nameMatchers.stream().allMatch(matcher -> matcher.matches(metric));
  }

  /// The info series for all rows by what identifies them; their values are the times of their
  /// samples.
  private Map<Labels, List<Row>> infos(List<Row> rows) {
    List<Matcher> matchers = new ArrayList<>(nameMatchers);
    dataMatchers.values().forEach(matchers::addAll);
    boolean any = false;
    for (String name : IDENTIFYING) {
      Set<String> values = new TreeSet<>();
      rows.stream()
          .filter(row -> !isInfo(row))
          .map(row -> row.labels().get(name))
          .filter(value -> !value.isEmpty())
          .forEach(value -> values.add(Pattern.quote(value)));
      if (!values.isEmpty()) {
        any = true;
        matchers.add(new Matcher(Matcher.Kind.REGEX, name, String.join("|", values)));
      }
    }
    if (!any) {
      return Map.of();
    }
    When when = reference(arguments.call().arguments().getFirst()).orElse(When.NOW);
    Expr.Selector selector =
        new Expr.Selector("", matchers, when, Reach.PLAIN, arguments.call().span());
    refuseHistograms(selector);
    return times(selector).stream()
        .collect(Collectors.groupingBy(row -> row.labels().only(IDENTIFYING)));
  }

  private void refuseHistograms(Expr.Selector selector) {
    for (Row row : arguments.evaluator().vector(selector, arguments.grid()).rows()) {
      if (row.histograms() != null) {
        throw new BadInput("info sample should be float");
      }
    }
  }

  private List<Row> times(Expr.Selector selector) {
    Supply supply = arguments.evaluator().timestamps(selector, arguments.grid());
    Supply.Maker maker = supply.maker(arguments.notes());
    RowBuffer buffer = new RowBuffer(arguments.grid().count());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < supply.size(); i++) {
      if (maker.make(i, buffer)) {
        arguments.budget().hold(arguments.grid().count());
        rows.add(buffer.take(supply.labels(i)));
      }
    }
    return rows;
  }

  /// The time that the first selector looks at, seen from outside the subqueries around it.
  private static Optional<When> reference(Expr expr) {
    if (expr instanceof Expr.Selector selector) {
      return Optional.of(selector.when());
    }
    for (Expr part : expr.parts()) {
      Optional<When> found = reference(part);
      if (found.isPresent()) {
        return found.map(when -> expr instanceof Expr.Subquery q ? outside(q, when) : when);
      }
    }
    return Optional.empty();
  }

  private static When outside(Expr.Subquery subquery, When inside) {
    if (!(inside.at() instanceof At.Step)) {
      return inside;
    }
    long offset = inside.offset().millis() + subquery.offset();
    return new When(subquery.at(), Period.ofMillis(offset));
  }

  /// Adds a row with the labels of its info series; as these change over time, it becomes several.
  private void enrich(Row row, List<Row> infos, Rows result) {
    Map<Set<Row>, Optional<Labels>> known = new HashMap<>();
    Map<Labels, boolean[]> parts = new HashMap<>();
    for (int step = 0; step < arguments.grid().count(); step++) {
      if (row.has(step)) {
        int at = step;
        known
            .computeIfAbsent(newest(infos, step), set -> labels(row.labels(), set))
            .ifPresent(labels ->
                parts.computeIfAbsent(labels, _ -> new boolean[arguments.grid().count()])[at] =
                    true);
      }
    }
    parts.forEach((labels, where) -> {
      arguments.budget().hold(arguments.grid().count());
      result.add(row.where(where).with(labels));
    });
  }

  /// Of each info metric the series whose sample is the newest at a step.
  private static Set<Row> newest(List<Row> infos, int step) {
    Map<String, Row> newest = new HashMap<>();
    for (Row info : infos) {
      if (info.has(step)) {
        @Nullable Row other = newest.get(info.labels().metric());
        if (other == null || info.values()[step] > other.values()[step]) {
          newest.put(info.labels().metric(), info);
        } else if (info.values()[step] == other.values()[step]) {
          throw doubled(other, info, step);
        }
      }
    }
    return new HashSet<>(newest.values());
  }

  private static BadInput doubled(Row one, Row other, int step) {
    long millis = Math.round(one.values()[step] * 1000);
    return new BadInput(
        "found duplicate series for info metric: existing "
            + Signs.of(one.labels())
            + " @ "
            + millis
            + ", new "
            + Signs.of(other.labels())
            + " @ "
            + millis);
  }

  /// The labels of an element and of its info series together; empty when there is none and the
  /// labels asked for may not be missing.
  private Optional<Labels> labels(Labels own, Set<Row> infos) {
    if (infos.isEmpty()) {
      boolean mayMiss =
          dataMatchers.values().stream()
              .flatMap(List::stream)
              .allMatch(matcher -> matcher.matches(""));
      return mayMiss ? Optional.of(own) : Optional.empty();
    }
    Map<String, String> added = new TreeMap<>();
    for (Row info : infos) {
      info.labels()
          .forEach((name, value) -> {
            boolean wanted = dataMatchers.isEmpty() || dataMatchers.containsKey(name);
            if (!wanted || name.equals(Labels.NAME)) {
              return;
            }
            if (!value.equals(added.getOrDefault(name, value))) {
              throw new BadInput("conflicting label: " + name);
            }
            if (!own.has(name)) {
              added.put(name, value);
            }
          });
    }
    Labels.Builder labels = Labels.builder().setAll(own);
    added.forEach(labels::set);
    return Optional.of(labels.build());
  }
}
