package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers the questions of rules about the past. A month of slots is 172,800 questions a rule;
/// asked one by one that takes minutes. Where an expression allows it, range queries over long
/// stretches answer thousands of them at once, and are the same to whoever asks.
///
/// One thread.
final class Foresight {
  private final Past past;
  private final Readings readings;
  private final OwnSeries own;
  private final Instant end;
  private final Set<Slots> slots = new LinkedHashSet<>();
  private final Map<String, Known> known = new HashMap<>();

  /// @param end nothing later is asked
  Foresight(Past past, Readings readings, OwnSeries own, Instant end) {
    this.past = past;
    this.readings = readings;
    this.own = own;
    this.end = end;
  }

  private record Known(Reading reading, List<Foreseen> answers) {}

  /// Makes known at which times will be asked.
  void expect(Slots more) {
    if (slots.add(more)) {
      known.clear();
    }
  }

  Vector vector(String expression, Instant at) {
    return block(expression, at)
        .map(block -> block.at(at.toEpochMilli()))
        .orElseGet(() -> past.vector().vector(expression, at));
  }

  boolean hasData(String expression, Instant at) {
    return known(expression)
        .reading()
        .presence()
        .flatMap(presence -> block(presence, at))
        .map(block -> !block.isEmpty(at.toEpochMilli()))
        .orElseGet(() -> past.presence().hasData(expression, at));
  }

  /// Whether it is known beforehand that there will be no element.
  boolean isEmpty(String expression, Instant at) {
    return block(expression, at).map(block -> block.isEmpty(at.toEpochMilli())).orElse(false);
  }

  private Optional<Block> block(String expression, Instant at) {
    long millis = at.toEpochMilli();
    for (Foreseen answers : known(expression).answers()) {
      if (answers.isAt(millis)) {
        return answers.at(millis);
      }
    }
    return Optional.empty();
  }

  private Known known(String expression) {
    Known before = known.get(expression);
    if (before != null) {
      return before;
    }
    Reading reading = readings.of(expression);
    List<Foreseen> answers = new ArrayList<>();
    if (reading.steady()) {
      OwnSeries.Touches touches = own.readBy(reading);
      slots.forEach(each -> answers.add(new Foreseen(expression, each, past.rows(), touches, end)));
    }
    Known fresh = new Known(reading, answers);
    known.put(expression, fresh);
    return fresh;
  }

  /// Makes known what will be asked, for what is written before is kept only if somebody reads it.
  void expect(String expression) {
    Known expected = known(expression);
    OwnSeries.Touches _ = own.readBy(expected.reading());
  }
}
