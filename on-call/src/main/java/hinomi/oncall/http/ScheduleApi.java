package hinomi.oncall.http;

import hinomi.model.Language;
import hinomi.oncall.OnCallSchedules;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.ical.FeedTable;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Questions about schedules: `GET /api/hinomi/v1/schedules`, and below a schedule its `at`,
/// `duties`, `coverage`, `preview` of another roster, and `feeds`; `GET
/// /api/hinomi/v1/schedule-feeds/SECRET` is a calendar, `PUT /api/hinomi/v1/leave/PERSON` takes
/// one.
public final class ScheduleApi {
  private static final String ROOT = "/api/hinomi/v1/schedules";
  private static final long MAX_FILE = 4 << 20;

  private final OnCallSchedules schedules;

  public ScheduleApi(OnCallSchedules schedules) {
    this.schedules = schedules;
  }

  public void routes(Routes routes) {
    routes
        .get(ROOT, this::all)
        .get(ROOT + "/{schedule}", this::one)
        .get(ROOT + "/{schedule}/at", this::at)
        .get(ROOT + "/{schedule}/duties", this::duties)
        .get(ROOT + "/{schedule}/coverage", this::coverage)
        .post(ROOT + "/{schedule}/preview", MAX_FILE, this::preview)
        .get(ROOT + "/{schedule}/feeds", this::feeds)
        .post(ROOT + "/{schedule}/feeds", MAX_FILE, this::issue)
        .delete(ROOT + "/{schedule}/feeds/{feed}", this::revoke)
        .get("/api/hinomi/v1/schedule-feeds/{secret}", this::calendar)
        .put("/api/hinomi/v1/leave/{person}", MAX_FILE, this::leave);
    new ChangeApi(schedules).routes(routes);
  }

  private Reply all(Request request) {
    Instant now = schedules.time().now();
    List<Map<String, Object>> all =
        schedules.roster().schedules().values().stream()
            .map(schedule -> {
              ZoneId zone = Asking.zone(request, schedule.clock().zone());
              return new Views(schedules.roster(), zone)
                  .schedule(schedule, schedules.at(schedule.id(), now));
            })
            .toList();
    return Reply.json(Map.of("schedules", all)).gzippedFor(request);
  }

  private Reply one(Request request) {
    Asking asking = new Asking(request, schedules);
    Timeline timeline = schedules.timeline(asking.id());
    return Reply.json(
        asking.views().schedule(timeline.schedule(), timeline.at(schedules.time().now())));
  }

  private Reply at(Request request) {
    Asking asking = new Asking(request, schedules);
    Instant at = asking.time("time", schedules.time().now());
    return Reply.json(asking.views().onDuty(schedules.at(asking.id(), at)));
  }

  private Reply duties(Request request) {
    Asking asking = new Asking(request, schedules);
    Views views = asking.views();
    List<Map<String, Object>> duties =
        schedules.timeline(asking.id()).duties(asking.span(Duration.ofDays(28))).stream()
            .map(views::duty)
            .toList();
    return Reply.json(Map.of("duties", duties)).gzippedFor(request);
  }

  private Reply coverage(Request request) {
    Asking asking = new Asking(request, schedules);
    return Reply.json(
            asking
                .views()
                .coverage(
                    schedules.coverage(asking.id(), asking.span(schedules.config().horizon()))))
        .gzippedFor(request);
  }

  private Reply preview(Request request) {
    Asking asking = new Asking(request, schedules);
    return Reply.json(asking.views().difference(schedules.preview(asking.id(), request.text())))
        .gzippedFor(request);
  }

  private Reply feeds(Request request) {
    Asking asking = new Asking(request, schedules);
    Views views = asking.views();
    return Reply.json(
        Map.of("feeds", schedules.feeds().of(asking.id()).stream().map(views::address).toList()));
  }

  private Reply issue(Request request) {
    Asking asking = new Asking(request, schedules);
    Body body = Body.of(request, asking.clock());
    String who = body.text("by");
    String person = body.text("person", "");
    body.end();
    if (!person.isEmpty() && !schedules.roster().people().containsKey(person)) {
      throw new hinomi.model.BadInput("person: no person has the id \"" + person + "\"");
    }
    FeedTable.Issued issued =
        schedules.feeds().issue(asking.id(), person, who, schedules.time().now());
    Map<String, Object> shape = asking.views().address(issued.address());
    shape.put("path", "/api/hinomi/v1/schedule-feeds/" + issued.secret() + ".ics");
    return Reply.json(201, shape);
  }

  private Reply revoke(Request request) {
    Asking asking = new Asking(request, schedules);
    long feed = ChangeApi.number("feed", request.captured("feed"));
    schedules
        .feeds()
        .revoke(asking.id(), feed, request.requiredParam("by"), schedules.time().now());
    return Reply.empty(204);
  }

  private Reply calendar(Request request) {
    String secret = request.captured("secret").replaceFirst("\\.ics$", "");
    Language language =
        request.param("lang").filter(lang -> lang.equals("en")).isPresent()
            ? Language.EN
            : Language.JA;
    String calendar = schedules.calendar(new FeedTable.Secret(secret), language);
    return Reply.of(200, "text/calendar; charset=utf-8", calendar.getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "private, max-age=300")
        .gzippedFor(request);
  }

  private Reply leave(Request request) {
    ZoneId zone = Asking.zone(request, ZoneOffset.UTC);
    return Reply.json(
        Map.of(
            "leave",
            new Views(schedules.roster(), zone)
                .leaves(schedules.leave(request.captured("person"), request.text(), zone))));
  }
}
