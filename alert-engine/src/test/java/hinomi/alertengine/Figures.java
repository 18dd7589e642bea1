package hinomi.alertengine;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Series as a test writes them down, one value a step, and of PromQL as much as asks for them:
/// `metric`, `metric > 1`, `metric < 1`, `count_over_time(metric[1m])`.
final class Figures {
  private static final Pattern COMPARED = Pattern.compile("(\\w+)(?: ([<>]) (\\S+))?");
  private static final Pattern COUNTED = Pattern.compile("count_over_time\\((\\w+)\\[(\\w+)]\\)");

  private final Instant begin;
  private final Map<String, Sheet> sheets = new HashMap<>();

  Figures(Instant begin) {
    this.begin = begin;
  }

  /// @param each length of a step; the last value stays
  private record Sheet(Duration each, Map<Labels, List<String>> rows, List<String> errors) {
    String cell(List<String> cells, int i) {
      return cells.get(Math.clamp(i, 0, cells.size() - 1));
    }
  }

  /// @param lines labels and values: a number, or `_` for none; one that begins with `error` has
  ///   `-` where queries fail
  void write(String metric, Duration each, List<String> lines) {
    Map<Labels, List<String>> rows = new HashMap<>();
    List<String> errors = new ArrayList<>(List.of("+"));
    for (String line : lines) {
      List<String> words = List.of(line.split("\\s+"));
      List<String> cells = words.subList(1, words.size());
      if (words.getFirst().equals("error")) {
        errors = cells;
      } else {
        String labels = words.getFirst();
        rows.put(labels.equals("-") ? Labels.EMPTY : Labels.of(labels.split("=|,")), cells);
      }
    }
    sheets.put(metric, new Sheet(each, rows, errors));
  }

  List<Sample> vector(String expression, Instant at) {
    Matcher counted = COUNTED.matcher(expression);
    if (counted.matches()) {
      return counts(counted.group(1), Durations.parse(counted.group(2)).orElseThrow(), at);
    }
    Matcher compared = COMPARED.matcher(expression);
    if (!compared.matches()) {
      throw new BadInput("no such expression: " + expression);
    }
    double border = compared.group(3) == null ? 0 : Double.parseDouble(compared.group(3));
    return values(compared.group(1), at).stream()
        .filter(sample ->
            compared.group(2) == null
                || (compared.group(2).equals(">")
                    ? sample.value() > border
                    : sample.value() < border))
        .toList();
  }

  private Sheet sheet(String metric) {
    Sheet sheet = sheets.get(metric);
    if (sheet == null) {
      throw new BadInput("no such metric: " + metric);
    }
    return sheet;
  }

  private List<Sample> values(String metric, Instant at) {
    Sheet sheet = sheet(metric);
    int i = (int) Duration.between(begin, at).dividedBy(sheet.each());
    if (sheet.cell(sheet.errors(), i).equals("-")) {
      throw new BadInput("query failed");
    }
    List<Sample> values = new ArrayList<>();
    sheet
        .rows()
        .forEach((labels, cells) ->
            value(sheet.cell(cells, i))
                .ifPresent(value -> values.add(new Sample(labels, at.toEpochMilli(), value))));
    return values;
  }

  private static OptionalDouble value(String cell) {
    return cell.equals("_") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cell));
  }

  private List<Sample> counts(String metric, Duration window, Instant at) {
    Sheet sheet = sheet(metric);
    int last = (int) Duration.between(begin, at).dividedBy(sheet.each());
    List<Sample> counts = new ArrayList<>();
    sheet
        .rows()
        .forEach((labels, cells) -> {
          long count = 0;
          for (int i = 0; i <= last; i++) {
            Instant sampled = begin.plus(sheet.each().multipliedBy(i));
            boolean within = sampled.isAfter(at.minus(window)) && !sampled.isAfter(at);
            count += within && value(sheet.cell(cells, i)).isPresent() ? 1 : 0;
          }
          if (count > 0) {
            counts.add(new Sample(labels, at.toEpochMilli(), count));
          }
        });
    return counts;
  }

  static String compared(String expression) {
    Matcher compared = COMPARED.matcher(expression);
    return compared.matches() ? compared.group(1) : "";
  }

  static Set<String> metricNames(String expression) {
    return Set.of(compared(expression));
  }

  static List<String> counts(String expression, Duration window) {
    return List.of(
        "count_over_time(" + compared(expression) + "[" + Durations.print(window) + "])");
  }

  boolean hasData(String expression, Instant at) {
    return !values(compared(expression), at).isEmpty();
  }
}
