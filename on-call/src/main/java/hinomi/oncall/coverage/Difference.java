package hinomi.oncall.coverage;

import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.rotation.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What changes for whom when one timeline takes the place of another. Only persons count: another
/// reason for the same person is no difference.
///
/// @param moves where another person is on duty, in order
public record Difference(Span span, List<Move> moves) {
  public Difference {
    moves = List.copyOf(moves);
  }

  /// A time that goes from one person to another; empty stands for nobody.
  public record Move(Span span, String before, String after) {}

  /// What somebody gets and loses.
  public record Effect(List<Span> gains, List<Span> losses) {
    public Effect {
      gains = List.copyOf(gains);
      losses = List.copyOf(losses);
    }

    /// Gained less lost.
    public Duration balance() {
      return sum(gains).minus(sum(losses));
    }

    private static Duration sum(List<Span> spans) {
      return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
    }
  }

  public static Difference between(Timeline before, Timeline after, Span span) {
    List<Duty> old = before.duties(span);
    List<Duty> present = after.duties(span);
    List<Move> moves = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() && j < present.size()) {
      Duty was = old.get(i);
      Duty is = present.get(j);
      if (!was.person().equals(is.person())) {
        add(moves, new Move(was.span().within(is.span()), was.person(), is.person()));
      }
      Instant end = was.to().isBefore(is.to()) ? was.to() : is.to();
      i += was.to().equals(end) ? 1 : 0;
      j += is.to().equals(end) ? 1 : 0;
    }
    return new Difference(span, moves);
  }

  private static void add(List<Move> moves, Move move) {
    if (!moves.isEmpty()) {
      Move last = moves.getLast();
      if (last.span().to().equals(move.span().from())
          && last.before().equals(move.before())
          && last.after().equals(move.after())) {
        moves.removeLast();
        moves.add(
            new Move(new Span(last.span().from(), move.span().to()), move.before(), move.after()));
        return;
      }
    }
    moves.add(move);
  }

  /// By person, all who are concerned.
  public Map<String, Effect> effects() {
    Map<String, List<Span>> gains = new TreeMap<>();
    Map<String, List<Span>> losses = new TreeMap<>();
    for (Move move : moves) {
      gains.computeIfAbsent(move.after(), _ -> new ArrayList<>()).add(move.span());
      losses.computeIfAbsent(move.before(), _ -> new ArrayList<>()).add(move.span());
    }
    Map<String, Effect> effects = new TreeMap<>();
    gains.forEach((person, spans) ->
        effects.put(person, new Effect(spans, losses.getOrDefault(person, List.of()))));
    losses.forEach((person, spans) -> effects.putIfAbsent(person, new Effect(List.of(), spans)));
    effects.remove("");
    return effects;
  }
}
