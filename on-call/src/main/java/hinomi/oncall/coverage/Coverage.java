package hinomi.oncall.coverage;

import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.rotation.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a schedule covers a span: where nobody is on duty, how the load is shared, and who is on
/// duty while away.
///
/// @param gaps in order
/// @param loads by person
/// @param conflicts duties, cut to the leave that they fall into
public record Coverage(
    Span span, List<Span> gaps, Map<String, Load> loads, List<Conflict> conflicts) {
  public Coverage {
    gaps = List.copyOf(gaps);
    loads = java.util.Collections.unmodifiableMap(new TreeMap<>(loads));
    conflicts = List.copyOf(conflicts);
  }

  /// Somebody on duty who is away.
  public record Conflict(String person, Span span, String summary) {}

  public static Coverage of(Timeline timeline, Span span, List<Leave> leaves) {
    LoadWindows windows = LoadWindows.of(timeline.schedule(), span);
    List<Span> gaps = new ArrayList<>();
    Map<String, Load> loads = new TreeMap<>();
    List<Conflict> conflicts = new ArrayList<>();
    String before = "";
    for (Duty duty : timeline.duties(span)) {
      if (duty.isGap()) {
        gaps.add(duty.span());
      } else {
        Load load = load(duty.span(), windows, duty.person().equals(before) ? 0 : 1);
        loads.merge(duty.person(), load, Load::plus);
        leaves.stream()
            .filter(
                leave -> leave.person().equals(duty.person()) && leave.span().overlaps(duty.span()))
            .map(leave ->
                new Conflict(leave.person(), leave.span().within(duty.span()), leave.summary()))
            .forEach(conflicts::add);
      }
      before = duty.person();
    }
    return new Coverage(span, gaps, loads, conflicts);
  }

  private static Load load(Span span, LoadWindows windows, int turns) {
    return new Load(
        span.length(),
        LoadWindows.within(windows.nights(), span),
        LoadWindows.within(windows.weekends(), span),
        LoadWindows.within(windows.holidays(), span),
        turns);
  }

  /// The part of the span in which somebody is on duty, from 0 to 1.
  public double covered() {
    double open = gaps.stream().mapToLong(gap -> gap.length().toSeconds()).sum();
    long all = span.length().toSeconds();
    return all == 0 ? 1 : 1 - open / all;
  }

  /// How even the load is: the least that anybody carries over the most, from 0 to 1. With one
  /// person or none it is 1.
  public double balance() {
    List<Long> hours = loads.values().stream().map(Load::total).map(Duration::toSeconds).toList();
    long most = hours.stream().mapToLong(Long::longValue).max().orElse(0);
    long least = hours.stream().mapToLong(Long::longValue).min().orElse(0);
    return most == 0 ? 1 : (double) least / most;
  }
}
