package hinomi.alertengine.storm;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.GroupChange;
import hinomi.alertengine.journal.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Messages that are to leave at one time, and the summaries that are due then. One use, under the
/// lock of the gate's owner; see [Gate#visit].
public final class Visit {
  /// Links in summaries are good for so long; until then it is known what they told of.
  private static final Duration REMEMBERED = Duration.ofHours(25);

  /// Of more groups, those that are over are only counted.
  private static final int MAX_GROUPS = 20_000;

  private final Gate gate;
  private final StormConfig config;
  private final Instant now;
  private final Map<String, Tide> tides = new LinkedHashMap<>(); // by lane
  private final Map<String, Map<String, Optional<Bundled>>> changed = new LinkedHashMap<>();
  private int messages;
  private int told;
  private boolean anyOver;

  Visit(Gate gate, Instant now) {
    this.gate = gate;
    this.config = gate.config();
    this.now = now;
  }

  /// Whether a message leaves by itself; otherwise it is told in the next summary.
  public boolean passes(String target, Notification message) {
    PageGroup group = message.group();
    Lane lane = Lane.of(target, group.route().page(), gate.onCall());
    Tide tide = tide(lane);
    if (!(lane.isPerson() || lane.isWebhook()) || tide.cap(config) == 0) {
      return true;
    }
    tide = tide.wanting(now, config);
    if (!tide.storm().isOn() && tide.isTooHigh(now, config)) {
      tide = tide.with(Storm.begun(UUID.randomUUID().toString(), now));
    }
    String cause = cause(group);
    boolean tells = tellsOfFire(message.reason());
    boolean fresh = tells && !tide.knows(cause);
    if (!tide.storm().isOn() || endsWhatWasToldAlone(tide, message)) {
      put(tells ? tide.hearing(cause, now) : tide);
      return true;
    }
    if (fresh && tide.firsts().count(now, config.within()) < config.causes()) {
      put(tide.first(now, config).hearing(cause, now));
      return true;
    }
    put(tide.with(bundle(tide.storm().bundling(fresh), message, cause)));
    messages++;
    return false;
  }

  private static boolean tellsOfFire(Reason reason) {
    return switch (reason) {
      case FIRST_ALERT, NEW_ALERTS, FLAPPING, STEADY, ESCALATED, REMINDER -> true;
      case PARTLY_RESOLVED, RESOLVED, STORM, STORM_OVER, NOTE -> false;
    };
  }

  /// Alerts of one name have one cause; of a group of many names the group is.
  private static String cause(PageGroup group) {
    String name = group.route().labels().get("alertname");
    return name.isEmpty() ? group.route().key() : name;
  }

  /// Others than people keep books by what they were told.
  private boolean endsWhatWasToldAlone(Tide tide, Notification message) {
    return tide.lane().isWebhook()
        && message.reason() == Reason.RESOLVED
        && bundled(tide.storm().id(), message.group().id()).isEmpty();
  }

  private Storm bundle(Storm storm, Notification message, String cause) {
    PageGroup group = message.group();
    Optional<Bundled> before = bundled(storm.id(), group.id());
    int round = group.climb().round();
    int firing =
        message.besides().omitted()
            + Math.toIntExact(group.members().values().stream().filter(Member::isFiring).count());
    boolean over = message.reason() == Reason.RESOLVED;
    int alerts = Math.max(before.map(Bundled::alerts).orElse(0), over ? message.alerts() : firing);
    if (over && before.isPresent() && gate.bundledBy(storm.id()).size() > MAX_GROUPS) {
      change(storm.id(), group.id(), Optional.empty());
      return storm.over(cause, alerts);
    }
    int summary = before.filter(one -> one.round() == round).map(Bundled::summary).orElse(0);
    Bundled one = new Bundled(storm.id(), group.id(), cause, now, round, summary, false, alerts);
    change(storm.id(), group.id(), Optional.of(one));
    return storm;
  }

  private Tide tide(Lane lane) {
    Tide known = tides.get(lane.key());
    return known == null ? gate.tide(lane) : known;
  }

  private void put(Tide tide) {
    tides.put(tide.key(), tide);
  }

  private Optional<Bundled> bundled(String storm, String group) {
    Optional<Bundled> fresh = changed.getOrDefault(storm, Map.of()).get(group);
    return fresh == null ? Optional.ofNullable(gate.bundledBy(storm).get(group)) : fresh;
  }

  private void change(String storm, String group, Optional<Bundled> one) {
    changed.computeIfAbsent(storm, _ -> new LinkedHashMap<>()).put(group, one);
  }

  /// Summaries that leave.
  ///
  /// @param groups that stand for the storms
  public record Summaries(
      List<Delivery> deliveries, List<Decision> decisions, List<GroupChange> groups) {}

  /// What is due, with all that was bundled just now. The last thing to ask.
  ///
  /// @param groups finds an open group as it is by now
  public Summaries summaries(Function<String, Optional<PageGroup>> groups) {
    Summaries all = new Summaries(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<Lane> lanes = new LinkedHashSet<>();
    gate.lanes().forEach(tide -> lanes.add(tide.lane()));
    tides.values().forEach(tide -> lanes.add(tide.lane()));
    for (Lane lane : lanes) {
      Tide tide = tide(lane);
      if (!tide.due(config).isAfter(now)) {
        summary(tide, groups, all);
      }
    }
    return all;
  }

  private void summary(Tide tide, Function<String, Optional<PageGroup>> groups, Summaries all) {
    Storm storm = tide.storm();
    boolean over = !tide.isTooHigh(now, config);
    Map<String, Bundled> bundle = new LinkedHashMap<>(gate.bundledBy(storm.id()));
    changed
        .getOrDefault(storm.id(), Map.of())
        .forEach((group, one) -> {
          if (one.isPresent()) {
            bundle.put(group, one.get());
          } else {
            bundle.remove(group);
          }
        });
    Summary summary = new Summary(tide, over, now);
    Set<String> causes = new LinkedHashSet<>();
    for (Bundled one : bundle.values()) {
      causes.add(one.cause());
      Optional<Bundled> left = summary.add(one, groups.apply(one.group()));
      if (left.isEmpty() || !left.get().equals(one)) {
        change(storm.id(), one.group(), left);
      }
    }
    all.deliveries().add(summary.delivery());
    all.decisions().addAll(summary.decisions());
    all.groups().add(GroupChange.of(summary.group()));
    Tide after = summary.after();
    for (String cause : causes) {
      after = after.hearing(cause, now);
    }
    put(after);
    told++;
    anyOver |= over;
  }

  /// What is written of it.
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(gate.tides().putAll(tides.values()));
    List<Bundled> kept = new ArrayList<>();
    changed.forEach((storm, groups) ->
        groups.forEach((group, one) -> {
          if (one.isPresent()) {
            kept.add(one.get());
          } else {
            Optional.ofNullable(gate.bundledBy(storm).get(group))
                .ifPresent(gone -> rows.add(gate.bundles().forget(gone)));
          }
        }));
    if (!kept.isEmpty()) {
      rows.add(gate.bundles().putAll(kept));
    }
    if (anyOver) {
      rows.add(gate.bundles().forgetBefore(now.minus(REMEMBERED)));
    }
    return tides.isEmpty() ? List.of() : rows;
  }

  Collection<Tide> tides() {
    return tides.values();
  }

  Map<String, Map<String, Optional<Bundled>>> changed() {
    return changed;
  }

  int messages() {
    return messages;
  }

  int told() {
    return told;
  }
}
