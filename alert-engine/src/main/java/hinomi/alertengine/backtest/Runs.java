package hinomi.alertengine.backtest;

import hinomi.alertengine.state.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// When an engine was at work, from one start to its end. Immutable.
///
/// @param spans in order
record Runs(List<Span> spans) {
  /// Without an end to it.
  static final Runs ALWAYS = new Runs(List.of(new Span(Long.MIN_VALUE, Long.MAX_VALUE)));

  static final int NONE = -1;

  /// One of them, of which the beginning is excluded: what was due when it started was due before.
  record Span(long from, long to) {}

  Runs {
    spans = List.copyOf(spans);
  }

  /// Those that a log tells of.
  static Runs of(Recorded recorded) {
    List<Span> spans = new ArrayList<>();
    long since = Long.MIN_VALUE;
    boolean running = recorded.isRunningAtFirst();
    for (Transition step : recorded.steps()) {
      if (step.isEngine()) {
        long at = step.at().toEpochMilli();
        if (running) {
          spans.add(new Span(since, at));
        }
        running = step.to().equals("running");
        since = at;
      }
    }
    if (running) {
      spans.add(new Span(since, Long.MAX_VALUE));
    }
    return new Runs(spans);
  }

  /// Which of them looked at a slot; [#NONE] when none did.
  int at(Instant slot) {
    long millis = slot.toEpochMilli();
    for (int i = 0; i < spans.size(); i++) {
      if (millis > spans.get(i).from() && millis <= spans.get(i).to()) {
        return i;
      }
    }
    return NONE;
  }
}
