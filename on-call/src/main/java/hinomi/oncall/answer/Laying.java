package hinomi.oncall.answer;

import hinomi.oncall.change.Change;
import hinomi.oncall.change.What;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lays what a schedule says over itself: the fallback, the layers from the lowest, then the
/// changes in the order in which they came into force. What is laid later wins. One use.
final class Laying {
  private final Schedule schedule;
  private final Span span;
  private List<Duty> duties;

  private Laying(Schedule schedule, Span span) {
    this.schedule = schedule;
    this.span = span;
    this.duties = List.of(ground(span));
  }

  /// Who is on duty in a span: without a break from its beginning to its end, gaps included.
  ///
  /// @param changes in their order
  static List<Duty> of(Schedule schedule, List<Change> changes, Span span) {
    Laying laying = new Laying(schedule, span);
    for (Layer layer : schedule.layers()) {
      laying.lay(layer);
    }
    for (Change change : changes) {
      if (change.concerns(span)) {
        laying.lay(change);
      }
    }
    return joined(laying.duties);
  }

  private Duty ground(Span where) {
    return schedule.fallback().isEmpty()
        ? new Duty(where, "", new Reason.Gap())
        : new Duty(where, schedule.fallback(), new Reason.Fallback());
  }

  private void lay(Layer layer) {
    Reason reason = new Reason.Layer(layer.id());
    List<Duty> above = new ArrayList<>();
    for (Turn turn : layer.turns(schedule.clock(), schedule.holidays(), span)) {
      above.add(new Duty(turn.span(), turn.person(), reason));
    }
    duties = over(duties, above);
  }

  private void lay(Change change) {
    Span where = change.span().within(span);
    switch (change.what()) {
      case What.StandIn standIn -> {
        Duty duty = new Duty(where, standIn.person(), new Reason.StandIn(change.id()));
        duties =
            over(
                duties,
                standIn.insteadOf().isEmpty() ? List.of(duty) : instead(duty, standIn.insteadOf()));
      }
      case What.Swap swap -> {
        Reason reason = new Reason.Swap(change.id());
        List<Duty> above =
            new ArrayList<>(instead(new Duty(where, swap.partner(), reason), swap.asks()));
        swap.inReturn()
            .ifPresent(back ->
                above.addAll(
                    instead(new Duty(back.within(span), swap.asks(), reason), swap.partner())));
        above.sort(Comparator.comparing(Duty::from));
        duties = over(duties, above);
      }
      case What.Temporary temporary -> {
        duties = over(duties, List.of(ground(where)));
        List<Duty> above = new ArrayList<>();
        for (Turn turn : temporary.turns()) {
          above.add(
              new Duty(
                  turn.span().within(where), turn.person(), new Reason.Temporary(change.id())));
        }
        duties = over(duties, above);
      }
    }
  }

  /// A duty where somebody else would have it.
  private List<Duty> instead(Duty duty, String of) {
    return duties.stream()
        .filter(below -> below.person().equals(of) && below.span().overlaps(duty.span()))
        .map(below -> {
          Span both = below.span().within(duty.span());
          return duty.cut(both.from(), both.to());
        })
        .toList();
  }

  /// @param below without a break
  /// @param above in order, none overlapping another
  private static List<Duty> over(List<Duty> below, List<Duty> above) {
    List<Duty> tops = above.stream().filter(duty -> !duty.span().isEmpty()).toList();
    if (tops.isEmpty()) {
      return below;
    }
    List<Duty> out = new ArrayList<>(below.size() + tops.size());
    int next = 0;
    for (Duty duty : below) {
      while (next < tops.size() && !tops.get(next).to().isAfter(duty.from())) {
        next++;
      }
      Instant at = duty.from();
      for (int i = next; i < tops.size() && tops.get(i).from().isBefore(duty.to()); i++) {
        if (at.isBefore(tops.get(i).from())) {
          out.add(duty.cut(at, tops.get(i).from()));
        }
        at = tops.get(i).to();
      }
      if (at.isBefore(duty.to())) {
        out.add(duty.cut(at, duty.to()));
      }
    }
    out.addAll(tops);
    out.sort(Comparator.comparing(Duty::from));
    return out;
  }

  /// With neighbours that say the same as one.
  static List<Duty> joined(List<Duty> duties) {
    List<Duty> joined = new ArrayList<>();
    for (Duty duty : duties) {
      if (!joined.isEmpty() && duty.continues(joined.getLast())) {
        Duty last = joined.removeLast();
        joined.add(last.cut(last.from(), duty.to()));
      } else {
        joined.add(duty);
      }
    }
    return joined;
  }
}
