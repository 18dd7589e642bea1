package hinomi.oncall.http;

import hinomi.model.Text;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.answer.Reason;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.Entry;
import hinomi.oncall.change.What;
import hinomi.oncall.coverage.Coverage;
import hinomi.oncall.coverage.Difference;
import hinomi.oncall.coverage.Leave;
import hinomi.oncall.coverage.Load;
import hinomi.oncall.ical.FeedTable;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Shapes of answers. Times are printed by the clock of who looks, with their offset.
///
/// @param zone of who looks
record Views(Roster roster, ZoneId zone) {
  private static final double SECONDS_AN_HOUR = 3_600;

  String time(Instant at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
  }

  Map<String, Object> span(Span span) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("from", time(span.from()));
    shape.put("to", time(span.to()));
    return shape;
  }

  private static Map<String, String> text(Text text) {
    return Map.of("ja", text.ja(), "en", text.en());
  }

  Map<String, Object> schedule(Schedule schedule, OnDuty now) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", schedule.id());
    shape.put("name", text(schedule.name()));
    shape.put("zone", schedule.clock().zone().getId());
    shape.put("fallback", schedule.fallback());
    shape.put("swap-approval", schedule.approvers());
    shape.put(
        "layers",
        schedule.layers().stream()
            .map(layer -> Map.of("id", layer.id(), "people", layer.people()))
            .toList());
    shape.put("now", onDuty(now));
    return shape;
  }

  Map<String, Object> onDuty(OnDuty duty) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("at", time(duty.at()));
    shape.put("person", duty.person());
    if (!duty.person().isEmpty()) {
      shape.put("name", text(roster.nameOf(duty.person())));
    }
    shape.put("why", reason(duty.reason()));
    duty.since().ifPresent(since -> shape.put("since", time(since)));
    duty.until().ifPresent(until -> shape.put("until", time(until)));
    shape.put("next", duty.next());
    return shape;
  }

  private static Map<String, Object> reason(Reason reason) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("kind", reason.word());
    switch (reason) {
      case Reason.Layer layer -> shape.put("layer", layer.id());
      case Reason.StandIn standIn -> shape.put("change", standIn.change());
      case Reason.Swap swap -> shape.put("change", swap.change());
      case Reason.Temporary temporary -> shape.put("change", temporary.change());
      case Reason.Fallback _, Reason.Gap _ -> {}
    }
    return shape;
  }

  Map<String, Object> duty(Duty duty) {
    Map<String, Object> shape = span(duty.span());
    shape.put("person", duty.person());
    shape.put("why", reason(duty.reason()));
    return shape;
  }

  Map<String, Object> coverage(Coverage coverage) {
    Map<String, Object> shape = span(coverage.span());
    shape.put("covered", coverage.covered());
    shape.put("balance", coverage.balance());
    shape.put("gaps", coverage.gaps().stream().map(this::span).toList());
    Map<String, Object> loads = new LinkedHashMap<>();
    coverage.loads().forEach((person, load) -> loads.put(person, load(load)));
    shape.put("people", loads);
    shape.put(
        "conflicts",
        coverage.conflicts().stream()
            .map(each -> {
              Map<String, Object> conflict = span(each.span());
              conflict.put("person", each.person());
              conflict.put("summary", each.summary());
              return conflict;
            })
            .toList());
    return shape;
  }

  private static Map<String, Object> load(Load load) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("hours", hours(load.total()));
    shape.put("night-hours", hours(load.nights()));
    shape.put("weekend-hours", hours(load.weekends()));
    shape.put("holiday-hours", hours(load.holidays()));
    shape.put("turns", load.turns());
    return shape;
  }

  private static double hours(Duration duration) {
    return duration.toSeconds() / SECONDS_AN_HOUR;
  }

  Map<String, Object> difference(Difference difference) {
    Map<String, Object> shape = span(difference.span());
    shape.put(
        "moves",
        difference.moves().stream()
            .map(move -> {
              Map<String, Object> each = span(move.span());
              each.put("before", move.before());
              each.put("after", move.after());
              return each;
            })
            .toList());
    Map<String, Object> people = new LinkedHashMap<>();
    difference
        .effects()
        .forEach((person, effect) -> {
          Map<String, Object> each = new LinkedHashMap<>();
          each.put("gains", effect.gains().stream().map(this::span).toList());
          each.put("loses", effect.losses().stream().map(this::span).toList());
          each.put("hours", hours(effect.balance()));
          people.put(person, each);
        });
    shape.put("people", people);
    return shape;
  }

  Map<String, Object> change(Change change) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", change.id());
    shape.put("version", change.version());
    shape.put("kind", change.what().kind());
    shape.put("state", change.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    shape.putAll(span(change.span()));
    switch (change.what()) {
      case What.StandIn standIn -> {
        shape.put("person", standIn.person());
        shape.put("instead-of", standIn.insteadOf());
      }
      case What.Swap swap -> {
        shape.put("asks", swap.asks());
        shape.put("partner", swap.partner());
        swap.inReturn().ifPresent(back -> shape.put("return", span(back)));
      }
      case What.Temporary temporary ->
          shape.put(
              "turns",
              temporary.turns().stream()
                  .map(turn -> {
                    Map<String, Object> each = span(turn.span());
                    each.put("person", turn.person());
                    return each;
                  })
                  .toList());
    }
    signed(shape, change.made());
    return shape;
  }

  private void signed(Map<String, Object> shape, Change.Signature signed) {
    shape.put("by", signed.who());
    shape.put("made-at", time(signed.at()));
    shape.put("reason", signed.reason());
  }

  Map<String, Object> entry(Entry entry) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("change", entry.change());
    shape.put("version", entry.version());
    shape.put("action", entry.action());
    signed(shape, entry.signed());
    return shape;
  }

  Map<String, Object> address(FeedTable.Address address) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", address.id());
    shape.put("person", address.person());
    shape.put("by", address.madeBy());
    shape.put("made-at", time(address.madeAt()));
    return shape;
  }

  List<Map<String, Object>> leaves(List<Leave> leaves) {
    return leaves.stream()
        .map(leave -> {
          Map<String, Object> shape = span(leave.span());
          shape.put("summary", leave.summary());
          return shape;
        })
        .toList();
  }
}
