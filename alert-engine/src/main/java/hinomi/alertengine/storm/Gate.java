package hinomi.alertengine.storm;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.DocumentTable;
import hinomi.alertengine.oncall.OnCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where messages leave for their targets: it counts what each is told, and bundles what is too
/// much. What it keeps is written with the messages, so that a restart in a storm changes nothing.
/// Its memory is bounded by the groups that are open. Guarded by its owner's lock.
public final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final StormConfig config;
  private final OnCall onCall;
  private final DocumentTable<Tide> tides;
  private final DocumentTable<Bundled> bundles;
  private final Counter bundledMessages;
  private final Counter summaries;
  private final Map<String, Tide> byLane = new LinkedHashMap<>();
  private final Map<String, Map<String, Bundled>> bundled = new HashMap<>(); // by storm, by group

  public Gate(StormConfig config, OnCall onCall, AlertJournal journal, MeterRegistry registry) {
    this.config = config;
    this.onCall = onCall;
    this.tides =
        new DocumentTable<>(
            journal,
            new DocumentTable.Shape<>("alert_tide", "lane", Tide.class, Tide::key, Tide::last));
    this.bundles =
        new DocumentTable<>(
            journal,
            new DocumentTable.Shape<>(
                "alert_bundled", "place", Bundled.class, Bundled::place, Bundled::at));
    this.bundledMessages =
        Counter.builder("hinomi.alertengine.storm.bundled")
            .description("Messages that went into a summary, since their target had too many")
            .register(registry);
    this.summaries = registry.counter("hinomi.alertengine.storm.summaries");
    // A configuration that is taken up while it runs has a gate of its own.
    registry.find("hinomi.alertengine.storms").meters().forEach(registry::remove);
    registry.gaugeMapSize("hinomi.alertengine.storms", List.of(), bundled);
  }

  StormConfig config() {
    return config;
  }

  OnCall onCall() {
    return onCall;
  }

  DocumentTable<Tide> tides() {
    return tides;
  }

  DocumentTable<Bundled> bundles() {
    return bundles;
  }

  /// Takes up what was known when the engine stopped.
  public void restore() {
    for (Tide tide : tides.all()) {
      byLane.put(tide.key(), tide);
      if (tide.storm().isOn()) {
        Map<String, Bundled> groups = new LinkedHashMap<>();
        bundles.under(tide.storm().id() + "/").forEach(one -> groups.put(one.group(), one));
        bundled.put(tide.storm().id(), groups);
      }
    }
  }

  /// What leaves at one time. Nothing of it counts before [#settle].
  public Visit visit(Instant now) {
    return new Visit(this, now);
  }

  List<Tide> lanes() {
    return List.copyOf(byLane.values());
  }

  Tide tide(Lane lane) {
    Tide known = byLane.get(lane.key());
    return known == null ? Tide.still(lane) : known;
  }

  /// The groups that are told in the summaries of a storm, as long as it goes on.
  public Collection<Bundled> bundle(String storm) {
    return bundledBy(storm).values();
  }

  /// The same by id of the group.
  Map<String, Bundled> bundledBy(String storm) {
    return bundled.getOrDefault(storm, Map.of());
  }

  /// It is written.
  public void settle(Visit visit) {
    bundledMessages.increment(visit.messages());
    for (Tide after : visit.tides()) {
      Storm before = tide(after.lane()).storm();
      byLane.put(after.key(), after);
      Storm storm = after.storm();
      if (!before.id().equals(storm.id())) {
        bundled.remove(before.id());
        if (storm.isOn()) {
          bundled.put(storm.id(), new LinkedHashMap<>());
        }
        log.atWarn()
            .addKeyValue("target", after.lane().target())
            .addKeyValue("pages", after.lane().page())
            .addKeyValue("messages", storm.isOn() ? storm.bundled() : before.bundled())
            .log(storm.isOn() ? "storm: messages are bundled" : "the storm is over");
      }
    }
    visit
        .changed()
        .forEach((storm, groups) -> {
          Map<String, Bundled> known = bundled.get(storm);
          if (known != null) {
            groups.forEach((group, one) -> {
              if (one.isPresent()) {
                known.put(group, one.get());
              } else {
                known.remove(group);
              }
            });
          }
        });
    summaries.increment(visit.told());
  }

  /// When a summary is due, or a storm may be over.
  public Instant due() {
    return byLane.values().stream()
        .map(tide -> tide.due(config))
        .min(Instant::compareTo)
        .orElse(NEVER);
  }

  /// Whether no later summary says what this one does.
  ///
  /// @param number of the summary
  public boolean isNewest(String storm, int number) {
    return byLane.values().stream()
        .map(Tide::storm)
        .anyMatch(on -> on.id().equals(storm) && on.summaries() <= number);
  }

  /// The groups that a storm's summaries have told of, be it over or not.
  ///
  /// @param number of the last summary that counts; negative for all
  public List<Bundled> told(String storm, int number) {
    return bundles.under(storm + "/").stream()
        .filter(one -> one.summary() > 0 && (number < 0 || one.summary() <= number))
        .toList();
  }
}
