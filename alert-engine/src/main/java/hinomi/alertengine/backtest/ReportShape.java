package hinomi.alertengine.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A report as JSON: times in RFC 3339, lengths of time in seconds, shares from 0 to 1, null for
/// what is not known.
public final class ReportShape {
  private ReportShape() {}

  public static Map<String, @Nullable Object> of(Report report) {
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    shape.put("from", report.plan().from().toString());
    shape.put("to", report.plan().to().toString());
    shape.put("zone", report.plan().zone().getId());
    shape.put("as_it_ran", report.plan().asItRan());
    shape.put("before", side(report.before()));
    shape.put("after", side(report.after()));
    shape.put("alerts", report.alerts().stream().map(ReportShape::alert).toList());
    shape.put("gained", report.gained().stream().map(ReportShape::told).toList());
    shape.put("lost", report.lost().stream().map(ReportShape::told).toList());
    return shape;
  }

  private static Map<String, Object> alert(ByAlert each) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("alert", each.name());
    shape.put("fired_before", each.fired().before());
    shape.put("fired_after", each.fired().after());
    shape.put("pages_before", each.pages().before());
    shape.put("pages_after", each.pages().after());
    return shape;
  }

  private static Map<String, @Nullable Object> side(Report.Side side) {
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    shape.put("alerts_fired", side.course().fires().size());
    shape.put("pages", side.pages());
    shape.put("escalations", side.escalations());
    shape.put("reminders", side.reminders());
    shape.put("notices", side.notices());
    shape.put("transitions", side.course().log().size());
    shape.put("evaluations", side.course().looks());
    Map<String, Object> people = new TreeMap<>();
    side.hours()
        .byPerson()
        .forEach((person, hours) ->
            people.put(
                person,
                Map.of(
                    "hours",
                    hours,
                    "total",
                    side.hours().total(person),
                    "night",
                    side.hours().nights(person))));
    shape.put("woken", people);
    shape.put("score", score(side.score()));
    shape.put(
        "flapping",
        side.flapping().stream()
            .map(each ->
                Map.of("alert", each.alert().toMap(), "fired", each.fires(), "again", each.again()))
            .toList());
    return shape;
  }

  private static Map<String, @Nullable Object> score(Score score) {
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    shape.put("incidents", score.incidents());
    shape.put("detected", score.detected());
    shape.put("missed", score.missed());
    shape.put("page_alerts", score.fires());
    shape.put("right", score.right());
    shape.put("precision", score.precision().orElse(null));
    shape.put("recall", score.recall().orElse(null));
    shape.put("median_detection", score.median().map(Duration::toSeconds).orElse(null));
    return shape;
  }

  private static Map<String, Object> told(Told told) {
    return Map.of(
        "at",
        time(told.at()),
        "target",
        told.target(),
        "page",
        told.page(),
        "reason",
        told.reason().word(),
        "group",
        told.group(),
        "alerts",
        List.copyOf(told.alerts().stream().map(labels -> labels.toMap()).toList()));
  }

  private static String time(Instant at) {
    return at.toString();
  }
}
