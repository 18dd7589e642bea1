package hinomi.oncall.http;

import hinomi.model.BadInput;
import hinomi.oncall.OnCallSchedules;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.WallClock;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// What a request asks of a schedule: which, by whose clock, when. One use.
final class Asking {
  private static final Duration FAR = Duration.ofDays(3_660);
  private static final Duration LONGEST = Duration.ofDays(3 * 366L);

  private final Request request;
  private final OnCallSchedules schedules;
  private final Schedule schedule;

  Asking(Request request, OnCallSchedules schedules) {
    this.request = request;
    this.schedules = schedules;
    this.schedule = schedules.roster().schedule(request.captured("schedule"));
  }

  String id() {
    return schedule.id();
  }

  WallClock clock() {
    return schedule.clock();
  }

  Views views() {
    return new Views(schedules.roster(), zone(request, schedule.clock().zone()));
  }

  /// `zone=`: the clock of who looks.
  static ZoneId zone(Request request, ZoneId otherwise) {
    return request.param("zone").map(text -> zone(text)).orElse(otherwise);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new BadInput("zone: no time zone is called \"" + text + "\"", e);
    }
  }

  /// A parameter with a time, not more than ten years away.
  Instant time(String key, Instant otherwise) {
    Instant at =
        request.param(key).map(text -> Body.time(key, text, schedule.clock())).orElse(otherwise);
    if (Duration.between(schedules.time().now(), at).abs().compareTo(FAR) > 0) {
      throw new BadInput(key + ": is more than ten years away");
    }
    return at;
  }

  /// `from=` (now) and `to=`.
  Span span(Duration otherwise) {
    Instant from = time("from", schedules.time().now());
    Span span = Body.span("from", from, time("to", from.plus(otherwise)));
    if (span.length().compareTo(LONGEST) > 0) {
      throw new BadInput("to: expected at most three years");
    }
    return span;
  }
}
