package hinomi.oncall.ical;

import hinomi.model.BadInput;
import hinomi.model.OverLimit;
import hinomi.oncall.coverage.Leave;
import hinomi.oncall.ical.IcsTimes.Moment;
import hinomi.oncall.rotation.Occurrences;
import hinomi.oncall.rotation.RecurrenceReader;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads from somebody's calendar when they are away: events that are opaque and not cancelled,
/// with their recurrences and the single occurrences that were moved, and busy times (VFREEBUSY).
/// One use.
public final class LeaveReader {
  private static final int MAX = 10_000;

  private final String person;
  private final Span span;
  private final IcsTimes times;
  private final List<Event> events = new ArrayList<>();
  private final List<Leave> leaves = new ArrayList<>();

  /// The properties of one event.
  private static final class Event {
    private final Map<String, List<IcsProperty>> properties = new HashMap<>();
    private final int line;

    private Event(int line) {
      this.line = line;
    }

    private List<IcsProperty> all(String name) {
      return properties.getOrDefault(name, List.of());
    }

    private Optional<IcsProperty> one(String name) {
      return all(name).stream().findFirst();
    }

    private String text(String name) {
      return one(name).map(IcsProperty::text).orElse("");
    }
  }

  private LeaveReader(String person, Span span, ZoneId zone) {
    this.person = person;
    this.span = span;
    this.times = new IcsTimes(zone);
  }

  /// @param span what lies outside is left out
  /// @param zone of whole days and of times that name none
  /// @throws BadInput with the line
  /// @throws OverLimit when there are more than 10,000 in the span
  public static List<Leave> read(String file, String person, Span span, ZoneId zone) {
    LeaveReader reader = new LeaveReader(person, span, zone);
    reader.components(IcsProperty.all(file));
    reader.tell();
    return reader.leaves.stream()
        .sorted(Comparator.comparing(leave -> leave.span().from()))
        .toList();
  }

  private void components(List<IcsProperty> properties) {
    if (properties.isEmpty() || !properties.getFirst().value().equalsIgnoreCase("VCALENDAR")) {
      throw new BadInput("line 1: expected BEGIN:VCALENDAR");
    }
    List<String> open = new ArrayList<>();
    for (IcsProperty property : properties) {
      switch (property.name()) {
        case "BEGIN" -> {
          open.add(property.value());
          if (property.value().equals("VEVENT")) {
            events.add(new Event(property.line()));
          }
        }
        case "END" -> {
          if (open.isEmpty() || !open.removeLast().equals(property.value())) {
            throw property.wrong("ends what does not stand open: " + property.value());
          }
        }
        case "FREEBUSY" -> {
          if (!property.parameter("FBTYPE").equals("FREE")) {
            busy(property);
          }
        }
        default -> {
          if (!open.isEmpty() && open.getLast().equals("VEVENT")) {
            events
                .getLast()
                .properties
                .computeIfAbsent(property.name(), _ -> new ArrayList<>())
                .add(property);
          }
        }
      }
    }
    if (!open.isEmpty()) {
      throw new BadInput("the calendar ends within " + open.getLast());
    }
  }

  private void busy(IcsProperty property) {
    for (String period : property.value().split(",")) {
      String[] ends = period.split("/", 2);
      if (ends.length < 2) {
        throw property.wrong("expected BEGIN/END, got \"" + period + "\"");
      }
      Instant from = times.moment(property, ends[0]).instant();
      Instant to =
          ends[1].contains("P")
              ? from.plus(IcsTimes.duration(property, ends[1]))
              : times.moment(property, ends[1]).instant();
      add(property, from, to, "");
    }
  }

  private void tell() {
    // A single occurrence that was moved takes the place of the one it names.
    Map<String, Set<Instant>> moved = new HashMap<>();
    for (Event event : events) {
      event
          .one("RECURRENCE-ID")
          .ifPresent(id ->
              moved
                  .computeIfAbsent(event.text("UID"), _ -> new HashSet<>())
                  .add(times.moment(id).instant()));
    }
    for (Event event : events) {
      boolean away =
          !event.text("TRANSP").equals("TRANSPARENT") && !event.text("STATUS").equals("CANCELLED");
      if (away) {
        boolean single = event.one("RECURRENCE-ID").isPresent();
        tell(event, single ? Set.of() : moved.getOrDefault(event.text("UID"), Set.of()));
      }
    }
  }

  private void tell(Event event, Set<Instant> moved) {
    IcsProperty begin =
        event
            .one("DTSTART")
            .orElseThrow(() -> new BadInput("line " + event.line + ": an event without DTSTART"));
    Moment start = times.moment(begin);
    Duration lasts = lasts(event, start);
    WallClock clock = new WallClock(start.zone());
    for (LocalDateTime at : starts(event, start, clock, lasts)) {
      Instant from = clock.instant(at);
      if (!moved.contains(from)) {
        add(begin, from, clock.instant(at.plus(lasts)), event.text("SUMMARY"));
      }
    }
  }

  private Duration lasts(Event event, Moment start) {
    Optional<IcsProperty> end = event.one("DTEND");
    if (end.isPresent()) {
      Moment to = times.moment(end.get());
      LocalDateTime there =
          to.zone().equals(start.zone())
              ? to.local()
              : LocalDateTime.ofInstant(to.instant(), start.zone());
      return Duration.between(start.local(), there);
    }
    return event
        .one("DURATION")
        .map(property -> IcsTimes.duration(property, property.value()))
        .orElse(start.day() ? Duration.ofDays(1) : Duration.ZERO);
  }

  private Set<LocalDateTime> starts(Event event, Moment start, WallClock clock, Duration lasts) {
    LocalDateTime from = clock.local(span.from()).minus(lasts).minusDays(2);
    LocalDateTime to = clock.local(span.to()).plusDays(2);
    Set<LocalDateTime> starts = new TreeSet<>(Set.of(start.local()));
    for (IcsProperty property : event.all("RRULE")) {
      new Occurrences(rule(property, start), start.local())
          .between(from, to)
          .forEach(each -> starts.add(each.at()));
    }
    for (IcsProperty property : event.all("RDATE")) {
      times.moments(property).forEach(each -> starts.add(clock.local(each.instant())));
    }
    for (IcsProperty property : event.all("EXDATE")) {
      for (Moment each : times.moments(property)) {
        starts.removeIf(at -> {
          boolean wholeDay = each.day() && !start.day();
          return wholeDay
              ? at.toLocalDate().equals(each.local().toLocalDate())
              : at.equals(clock.local(each.instant()));
        });
      }
    }
    return starts;
  }

  private static hinomi.oncall.rotation.RecurrenceRule rule(IcsProperty property, Moment start) {
    try {
      return RecurrenceReader.read(property.value(), start.zone());
    } catch (BadInput e) {
      throw property.wrong(String.valueOf(e.getMessage()));
    }
  }

  private void add(IcsProperty property, Instant from, Instant to, String summary) {
    if (to.isBefore(from)) {
      throw property.wrong("ends before it begins");
    }
    Span away = new Span(from, to);
    if (away.overlaps(span)) {
      if (leaves.size() == MAX) {
        throw OverLimit.size("more than " + MAX + " events in the time that is looked at");
      }
      leaves.add(new Leave(person, away.within(span), summary));
    }
  }
}
