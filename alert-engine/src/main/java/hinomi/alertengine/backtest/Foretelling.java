package hinomi.alertengine.backtest;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.kind.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the recordings of a setup that can be computed ahead, before the replay comes to their
/// slots: those that read what is stored, and other such recordings, and of which everybody who
/// reads them sees at each time all that is stamped up to it. The others — what reads alerts, or
/// reads itself in a circle, or is read out of turn — are written slot by slot.
final class Foretelling {
  private final List<Slotted> rules;
  private final Readings readings;

  private Foretelling(List<Slotted> rules, Readings readings) {
    this.rules = rules;
    this.readings = readings;
  }

  /// A metric, and the rules that record it.
  private record Recorded(String metric, List<Slotted> writers) {
    List<Foretold> foretold() {
      return writers.stream().map(Foretold::of).toList();
    }

    Written written() {
      return new Written(Set.of(metric), Set.of());
    }

    /// Whether no two of the rules can write the same series.
    boolean isWrittenApart() {
      List<Foretold> all = foretold();
      for (int i = 0; i < all.size(); i++) {
        if (!all.subList(0, i).stream().allMatch(all.get(i)::isApartFrom)) {
          return false;
        }
      }
      return true;
    }
  }

  /// By metric, each after those that it reads.
  static Map<String, List<Foretold>> of(Setup setup, Readings readings) {
    List<Slotted> rules = Slotted.of(setup);
    return new Foretelling(rules, readings)
        .order(new Written(setup.recorded(), setup.alertnames()));
  }

  /// Of two setups, what both foretell alike, from what is stored and from each other.
  ///
  /// @param written what the rules of either write
  static Map<String, List<Foretold>> common(
      Map<String, List<Foretold>> one,
      Map<String, List<Foretold>> other,
      Written written,
      Readings readings) {
    Map<String, List<Foretold>> common = new LinkedHashMap<>();
    one.forEach((metric, all) -> {
      Written others = written.without(common.keySet());
      if (all.equals(other.get(metric))
          && all.stream().noneMatch(each -> others.mayBeReadBy(readings.of(each.expression())))) {
        common.put(metric, all);
      }
    });
    return common;
  }

  private Map<String, List<Foretold>> order(Written written) {
    Set<Recorded> left = new LinkedHashSet<>(recorded());
    left.removeIf(each -> !isReadInTurn(each) || !each.isWrittenApart());
    Map<String, List<Foretold>> order = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Recorded each : List.copyOf(left)) {
        Written unknown = written.without(order.keySet());
        if (each.writers().stream().noneMatch(writer -> reads(writer.rule(), unknown))) {
          order.put(each.metric(), each.foretold());
          left.remove(each);
          more = true;
        }
      }
    }
    return order;
  }

  private List<Recorded> recorded() {
    Map<String, List<Slotted>> writers = new LinkedHashMap<>();
    for (Slotted each : rules) {
      if (each.rule() instanceof Rule.Recording) {
        writers.computeIfAbsent(each.rule().name(), _ -> new ArrayList<>()).add(each);
      }
    }
    return writers.entrySet().stream()
        .map(each -> new Recorded(each.getKey(), each.getValue()))
        .toList();
  }

  private boolean isReadInTurn(Recorded recorded) {
    Written written = recorded.written();
    for (Slotted reader : rules) {
      boolean reads = reads(reader.rule(), written);
      for (Slotted writer : recorded.writers()) {
        if ((reads && !reader.seesAllOf(writer, reader.group().queryOffset()))
            || (asksInTexts(reader.rule()) && !reader.seesAllOf(writer, Duration.ZERO))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean reads(Rule rule, Written written) {
    return switch (rule) {
      case Rule.Recording recording -> reads(recording.expression(), written);
      case Rule.Alerting alerting ->
          (alerting.language() == Language.PROMQL && reads(alerting.expression(), written))
              || (!alerting.watch().recover().isEmpty()
                  && reads(alerting.watch().recover(), written));
    };
  }

  private boolean reads(String expression, Written written) {
    return written.mayBeReadBy(readings.of(expression));
  }

  /// Whether its texts may ask something, which they do at the time of the slot.
  private static boolean asksInTexts(Rule rule) {
    return rule instanceof Rule.Alerting alerting
        && Stream.concat(
                alerting.labels().values().stream(), alerting.annotations().values().stream())
            .anyMatch(text -> !text.isPlain() && text.source().contains("query"));
  }
}
