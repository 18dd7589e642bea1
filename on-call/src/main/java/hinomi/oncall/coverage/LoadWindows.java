package hinomi.oncall.coverage;

import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.WallClock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/// The times of a span that weigh more: nights from 22 to 6, Saturdays and Sundays, holidays, each
/// by the schedule's wall clock.
record LoadWindows(List<Span> nights, List<Span> weekends, List<Span> holidays) {
  private static final LocalTime NIGHT = LocalTime.of(22, 0);
  private static final LocalTime MORNING = LocalTime.of(6, 0);

  static LoadWindows of(Schedule schedule, Span span) {
    WallClock clock = schedule.clock();
    List<Span> nights = new ArrayList<>();
    List<Span> weekends = new ArrayList<>();
    List<Span> holidays = new ArrayList<>();
    LocalDate last = clock.local(span.to()).toLocalDate().plusDays(1);
    LocalDate date = clock.local(span.from()).toLocalDate().minusDays(2);
    for (; !date.isAfter(last); date = date.plusDays(1)) {
      LocalDate next = date.plusDays(1);
      nights.add(clock.span(date.atTime(NIGHT), next.atTime(MORNING)));
      Span day = clock.span(date.atStartOfDay(), next.atStartOfDay());
      DayOfWeek of = date.getDayOfWeek();
      if (of == DayOfWeek.SATURDAY || of == DayOfWeek.SUNDAY) {
        weekends.add(day);
      }
      if (schedule.holidays().contains(date)) {
        holidays.add(day);
      }
    }
    return new LoadWindows(nights, Span.joined(weekends), Span.joined(holidays));
  }

  /// How much of a span lies in some windows.
  static Duration within(List<Span> windows, Span span) {
    int low = 0;
    int high = windows.size();
    while (low < high) { // the first that ends after the span begins
      int middle = (low + high) >>> 1;
      if (windows.get(middle).to().isAfter(span.from())) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    Duration sum = Duration.ZERO;
    for (int i = low; i < windows.size() && windows.get(i).from().isBefore(span.to()); i++) {
      sum = sum.plus(windows.get(i).within(span).length());
    }
    return sum;
  }
}
