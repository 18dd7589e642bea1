package hinomi.alertengine.http.alertmanager;

import hinomi.alertengine.AlertDesk;
import hinomi.alertengine.external.PostedAlert;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.route.Destinations;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.standing.StandingAlert;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `/api/v2/alerts` and `/api/v2/alerts/groups`.
final class AlertEndpoints {
  private static final Comparator<Destinations.Destination> ORDER =
      Comparator.comparing(Destinations.Destination::group)
          .thenComparing(Destinations.Destination::receiver)
          .thenComparing(Destinations.Destination::node);

  private final AlertDesk desk;
  private final Destinations destinations;

  AlertEndpoints(AlertDesk desk) {
    this.desk = desk;
    this.destinations = new Destinations(desk.routes());
  }

  /// An alert with all that a question may ask of it.
  private record Seen(
      StandingAlert alert, Shapes.Status status, List<Destinations.Destination> places) {
    Map<String, Object> shape() {
      return Shapes.alert(
          alert, status, places.stream().map(Destinations.Destination::receiver).toList());
    }
  }

  /// What a question leaves out.
  private record Wanted(
      boolean active,
      boolean silenced,
      boolean inhibited,
      List<Matcher> filter,
      Optional<Matcher> receiver,
      List<Matcher> receiverLabels) {
    static Wanted by(Request request) {
      return new Wanted(
          Questions.flag(request, "active"),
          Questions.flag(request, "silenced"),
          Questions.flag(request, "inhibited"),
          Questions.matchers(request, "filter"),
          Questions.receiver(request),
          Questions.matchers(request, "receiver_matchers"));
    }

    boolean is(Shapes.Status status) {
      return (active || status.isSuppressed())
          && (silenced || status.silencedBy().isEmpty())
          && (inhibited || status.inhibitedBy().isEmpty());
    }

    boolean tells(Destinations.Destination place) {
      return receiver.map(matcher -> matcher.matches(place.receiver())).orElse(true)
          && Matcher.allMatch(receiverLabels, Labels.of("name", place.receiver()));
    }
  }

  Reply list(Request request) {
    Wanted wanted = Wanted.by(request);
    // An alert is processed as soon as it stands: `unprocessed` leaves nothing out.
    return Reply.json(
            seen(wanted).stream()
                .filter(seen -> seen.places().stream().anyMatch(wanted::tells))
                .map(Seen::shape)
                .sorted(Comparator.comparing(shape -> String.valueOf(shape.get("fingerprint"))))
                .toList())
        .gzippedFor(request);
  }

  private List<Seen> seen(Wanted wanted) {
    Instant now = desk.time().now();
    List<Seen> all = new ArrayList<>();
    List<StandingAlert> asked =
        desk.standing().all().stream()
            .filter(alert -> Matcher.allMatch(wanted.filter(), alert.labels()))
            .toList();
    Map<Labels, List<Mute>> muting =
        desk.muting().apply(asked.stream().map(StandingAlert::labels).toList());
    for (StandingAlert alert : asked) {
      List<Mute> mutes = muting.getOrDefault(alert.labels(), List.of());
      Shapes.Status status = status(alert.labels(), mutes, now);
      if (wanted.is(status)) {
        all.add(new Seen(alert, status, destinations.of(alert.labels())));
      }
    }
    return all;
  }

  private Shapes.Status status(Labels labels, List<Mute> mutes, Instant now) {
    List<String> inhibitedBy = new ArrayList<>();
    List<String> mutedBy = new ArrayList<>();
    boolean planned = false;
    for (Mute mute : mutes) {
      switch (mute) {
        case Mute.Inhibited inhibited -> inhibitedBy.add(Shapes.fingerprint(inhibited.source()));
        case Mute.CausedBy caused -> inhibitedBy.add(Shapes.fingerprint(caused.source()));
        case Mute.Maintenance maintenance -> {
          mutedBy.add(maintenance.by());
          planned = true;
        }
        case Mute.MuteTime _, Mute.InactiveTime _, Mute.Silenced _ -> mutedBy.add(mute.by());
      }
    }
    List<String> silencedBy =
        desk.silences().over(labels, now).stream().map(Silence::id).sorted().toList();
    return new Shapes.Status(silencedBy, inhibitedBy, mutedBy, planned);
  }

  Reply groups(Request request) {
    Wanted wanted = Wanted.by(request);
    boolean muted = Questions.flag(request, "muted");
    Map<Destinations.Destination, List<Seen>> groups = new TreeMap<>(ORDER);
    for (Seen seen : seen(wanted)) {
      seen.places().stream()
          .filter(wanted::tells)
          .forEach(place -> groups.computeIfAbsent(place, _ -> new ArrayList<>()).add(seen));
    }
    List<Map<String, Object>> shapes = new ArrayList<>();
    groups.forEach((place, members) -> {
      if (muted || members.stream().anyMatch(seen -> !seen.status().isSuppressed())) {
        shapes.add(group(place, members));
      }
    });
    return Reply.json(shapes).gzippedFor(request);
  }

  private static Map<String, Object> group(Destinations.Destination place, List<Seen> members) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put(
        "alerts",
        members.stream()
            .map(Seen::shape)
            .sorted(Comparator.comparing(alert -> String.valueOf(alert.get("fingerprint"))))
            .toList());
    shape.put("labels", place.group().toMap());
    shape.put("routeLabels", Map.of());
    shape.put("receiver", Map.of("name", place.receiver()));
    return shape;
  }

  /// Those that are well formed are taken, whatever the others are.
  Reply receive(Request request) {
    List<Body> items = Body.of(request, "alerts").items();
    List<PostedAlert> valid = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    items.forEach(item -> item.require("labels"));
    items.forEach(AlertEndpoints::checkLink);
    for (Body item : items) {
      try {
        valid.add(alert(item));
      } catch (BadInput e) {
        mistakes.add(e.reason());
      }
    }
    desk.external().receive(valid);
    if (!mistakes.isEmpty()) {
      throw new BadInput(String.join("; ", mistakes));
    }
    return Reply.empty(200);
  }

  private static PostedAlert alert(Body item) {
    Map<String, String> pairs = item.texts("labels");
    pairs.values().removeIf(String::isEmpty);
    if (pairs.isEmpty()) {
      throw new BadInput("at least one label pair required");
    }
    Optional<Instant> startsAt = item.time("startsAt");
    Optional<Instant> endsAt = item.time("endsAt");
    if (startsAt.isPresent() && endsAt.isPresent() && endsAt.get().isBefore(startsAt.get())) {
      throw new BadInput("start time must be before end time");
    }
    Labels labels;
    try {
      labels = Labels.of(pairs);
    } catch (BadInput e) {
      throw new BadInput("invalid label set: " + e.reason());
    }
    return new PostedAlert(
        labels, item.texts("annotations"), startsAt, endsAt, item.text("generatorURL"));
  }

  private static void checkLink(Body item) {
    String link = item.text("generatorURL");
    boolean fits;
    try {
      fits = link.isEmpty() || link.startsWith("/") || URI.create(link).isAbsolute();
    } catch (IllegalArgumentException e) {
      fits = false;
    }
    if (!fits) {
      throw Refused.invalid(
          Refused.TYPE,
          item.path() + ".generatorURL in body must be of type uri: \"" + link + "\"");
    }
  }
}
