package hinomi.incidentrecords;

import hinomi.incidentrecords.automatic.AlertFlow;
import hinomi.incidentrecords.manual.Declaration;
import hinomi.incidentrecords.manual.NewUpdate;
import hinomi.incidentrecords.manual.PeopleFlow;
import hinomi.incidentrecords.postmortem.Draft;
import hinomi.incidentrecords.postmortem.Postmortems;
import hinomi.incidentrecords.postmortem.Postmortems.Version;
import hinomi.incidentrecords.record.Alerts;
import hinomi.incidentrecords.record.Details;
import hinomi.incidentrecords.record.Row;
import hinomi.incidentrecords.record.Rows;
import hinomi.incidentrecords.record.Timeline;
import hinomi.incidentrecords.record.Updates;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Incident;
import hinomi.model.Incident.Postmortem;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The record of incidents. Any thread; what a method has written is on disk when it returns, all
/// of it or nothing.
public final class IncidentRecords implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IncidentRecords.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final IncidentRecordsConfig config;
  private final ComponentNames names;
  private final Database database;
  private final Time time;
  private final MeterRegistry registry;
  private final AlertFlow flow;
  private final ReentrantLock writing = new ReentrantLock(); // numbers are given one at a time
  private final Map<String, Cancel> due = new ConcurrentHashMap<>(); // by incident
  private final AtomicInteger open = new AtomicInteger();

  private IncidentRecords(
      IncidentRecordsConfig config,
      ComponentNames names,
      Database database,
      Time time,
      MeterRegistry registry) {
    this.config = config;
    this.names = names;
    this.database = database;
    this.time = time;
    this.registry = registry;
    this.flow = new AlertFlow(config, names);
    Gauge.builder("hinomi.incidentrecords.open", open, AtomicInteger::get)
        .description("incidents that are not resolved")
        .register(registry);
  }

  /// Takes up what the database knows, and goes on from there.
  public static IncidentRecords open(
      IncidentRecordsConfig config,
      ComponentNames names,
      Database database,
      Time time,
      MeterRegistry registry) {
    database.migrate("incident_records", "db/incident-records");
    IncidentRecords records = new IncidentRecords(config, names, database, time, registry);
    List<Row> rows = database.read(Rows::open);
    records.open.set(rows.size());
    rows.forEach(records::schedule);
    return records;
  }

  /// As precise as the database keeps it.
  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private <T> T write(Database.Work<T> work) {
    writing.lock();
    try {
      return database.write(handle -> {
        T result = work.run(handle);
        open.set(Rows.open(handle).size());
        return result;
      });
    } finally {
      writing.unlock();
    }
  }

  /// Takes an alert's change in; the same change told again changes nothing. Alerts without a
  /// `component` label open no incident.
  public void alertChanged(AlertEvent event) {
    if (event.component().isEmpty()) {
      return; // it wakes people, but speaks about nothing that customers know
    }
    writing.lock();
    try {
      Set<String> before = new HashSet<>();
      List<Row> changed =
          write(handle -> {
            Rows.open(handle).forEach(row -> before.add(row.id()));
            return flow.apply(handle, event, now()).stream()
                .map(id -> PeopleFlow.existing(handle, id))
                .toList();
          });
      for (Row row : changed) {
        schedule(row);
        if (row.open() && !before.contains(row.id())) {
          opened(row, "alert");
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private void opened(Row row, String by) {
    registry.counter("hinomi.incidentrecords.opened", "by", by).increment();
    log.atWarn()
        .addKeyValue("incident", row.id())
        .addKeyValue("impact", row.impact())
        .addKeyValue("components", row.components())
        .log("incident opened");
  }

  /// Sets the alarm of an incident anew. Under the lock, so that the last change's alarm remains.
  private void schedule(Row row) {
    String id = row.id();
    Optional<Instant> when = flow.due(row);
    Cancel old =
        when.isPresent()
            ? due.put(id, time.at(when.get(), "incident " + id, () -> settle(id)))
            : due.remove(id);
    if (old != null) {
      old.cancel();
    }
  }

  private void settle(String id) {
    try {
      if (write(handle -> flow.settle(handle, id, now()))) {
        due.remove(id);
        log.atInfo().addKeyValue("incident", id).log("incident resolved");
      }
    } catch (Unavailable e) {
      log.atWarn().addKeyValue("incident", id).setCause(e).log("incident cannot be resolved yet");
      due.put(id, time.at(time.now().plus(RETRY), "incident " + id, () -> settle(id)));
    }
  }

  /// Adds to the timeline what happened elsewhere: that a page was sent, or acknowledged. Told the
  /// same twice, it stands once; what belongs to no incident is counted and not kept.
  ///
  /// @param incidentOrFingerprint an incident's id, or the fingerprint of one of its alerts
  public void record(String incidentOrFingerprint, Instant at, String kind, String text) {
    Timeline.Entry entry = new Timeline.Entry(at.truncatedTo(ChronoUnit.MILLIS), kind, "", text);
    boolean kept =
        write(handle -> {
          Optional<String> id =
              Rows.find(handle, incidentOrFingerprint)
                  .map(Row::id)
                  .or(() ->
                      Alerts.of(handle, incidentOrFingerprint).stream()
                          .findFirst()
                          .map(Alerts.Alert::incident));
          id.filter(found -> !Timeline.of(handle, found).contains(entry))
              .ifPresent(found -> Timeline.add(handle, found, entry));
          return id.isPresent();
        });
    if (!kept) {
      registry
          .counter("hinomi.incidentrecords.entries.dropped", "reason", "no-incident")
          .increment();
    }
  }

  /// Opens an incident by hand.
  public Details declare(Declaration declaration) {
    Row row =
        write(handle ->
            PeopleFlow.existing(
                handle, PeopleFlow.declare(handle, declaration, config.zone(), now())));
    opened(row, "person");
    return details(row.id());
  }

  /// Publishes an update in a person's name.
  public Update update(String id, NewUpdate told) {
    writing.lock();
    try {
      Update update = write(handle -> PeopleFlow.update(handle, id, told, now()));
      schedule(database.read(handle -> PeopleFlow.existing(handle, id)));
      return update;
    } finally {
      writing.unlock();
    }
  }

  /// Adds a person's note to the internal timeline.
  public void note(String id, String text, String by) {
    Timeline.Entry entry = new Timeline.Entry(now(), "note", by, text);
    write(handle -> {
      PeopleFlow.note(handle, id, entry);
      return entry;
    });
  }

  /// Saves a version of the post-mortem.
  public Version savePostmortem(String id, Text markdown, String by) {
    return write(handle -> PeopleFlow.save(handle, id, markdown, by, now()));
  }

  /// Publishes the newest version of the post-mortem.
  public Version publishPostmortem(String id, String by) {
    return write(handle -> PeopleFlow.publish(handle, id, by, now()));
  }

  /// All saved versions of the post-mortem, newest first.
  public List<Version> postmortems(String id) {
    return database.read(handle -> {
      PeopleFlow.existing(handle, id);
      return Postmortems.versions(handle, id);
    });
  }

  /// A post-mortem drafted from what is known, for a person to finish.
  public Text draft(String id) {
    return database.read(handle -> {
      Row row = PeopleFlow.existing(handle, id);
      return new Draft(
              row,
              row.components().stream().map(names::name).toList(),
              Alerts.behind(handle, id),
              Updates.of(handle, List.of(id)).getOrDefault(id, List.of()),
              Timeline.of(handle, id),
              config.zone())
          .markdown();
    });
  }

  /// What the public sees: the newest incidents and all that are open, newest first.
  public List<Incident> published(int limit) {
    return database.read(handle -> incidents(handle, Rows.newest(handle, limit)));
  }

  /// What the public sees of one incident.
  public Optional<Incident> find(String id) {
    return database.read(
        handle -> incidents(handle, Rows.find(handle, id).stream().toList()).stream().findFirst());
  }

  /// An incident with its internal timeline.
  public Details details(String id) {
    return database.read(handle -> {
      Row row = PeopleFlow.existing(handle, id);
      return new Details(
          incidents(handle, List.of(row)).getFirst(),
          row.byPerson(),
          Alerts.behind(handle, id),
          Timeline.of(handle, id));
    });
  }

  private static List<Incident> incidents(Handle handle, List<Row> rows) {
    List<String> ids = rows.stream().map(Row::id).toList();
    Map<String, List<Update>> updates = Updates.of(handle, ids);
    Map<String, Postmortem> postmortems = Postmortems.published(handle, ids);
    return rows.stream()
        .map(row ->
            new Incident(
                row.id(),
                row.title(),
                row.impact(),
                row.stage(),
                row.components(),
                row.startedAt(),
                row.resolvedAt(),
                updates.getOrDefault(row.id(), List.of()),
                Optional.ofNullable(postmortems.get(row.id()))))
        .toList();
  }

  @Override
  public void close() {
    due.values().forEach(Cancel::cancel);
  }
}
