package hinomi.alertengine.silence;

import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.DocumentTable;
import hinomi.alertengine.journal.GroupChange;
import hinomi.alertengine.journal.Row;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Silences;
import hinomi.alertengine.oncall.OnCall;
import hinomi.model.BadInput;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Missing;
import hinomi.model.Text;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the silences: durable before anything is answered, and in memory for judging. Whoever must
/// judge alerts again is told when one begins, ends or is edited.
///
/// Any thread. Questions take no lock; changes happen one after another.
public final class SilenceBook implements Silences, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SilenceBook.class);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private static final DocumentTable.Shape<Silence> KEPT =
      new DocumentTable.Shape<>("silence", "id", Silence.class, Silence::id, Silence::endsAt);

  private final AlertJournal journal;
  private final DocumentTable<Silence> table;
  private final SilenceConfig config;
  private final SilenceRules rules;
  private final SilenceUpkeep upkeep;
  private final SilenceNotes notes;
  private final Time time;
  private final SilenceMatches matches = new SilenceMatches();
  private final Map<String, Instant> matched = new ConcurrentHashMap<>(); // since last stored
  private final ReentrantLock lock = new ReentrantLock();
  private volatile SilencePorts ports = new SilencePorts(List::of, _ -> {}, () -> {});
  private Cancel sweeps = () -> {};
  private volatile Shelf shelf = Shelf.EMPTY; // replaced under the lock
  private Cancel boundary = () -> {}; // under the lock
  private Instant judgedAt; // up to when beginnings and ends were told, under the lock
  private volatile boolean closed;

  /// Where the silences of a journal are kept, those that have ended included until forgotten.
  public static DocumentTable<Silence> table(AlertJournal journal) {
    return new DocumentTable<>(journal, KEPT);
  }

  /// Takes up what was there before, and can be asked; [#start] begins to look after them.
  public SilenceBook(AlertJournal journal, SilenceConfig config, OnCall onCall, Time time) {
    this.journal = journal;
    this.table = table(journal);
    this.config = config;
    this.rules = new SilenceRules(config);
    this.upkeep = new SilenceUpkeep(config);
    this.notes = new SilenceNotes(onCall);
    this.time = time;
    this.judgedAt = now();
    lock.lock();
    try {
      place(table.all(), List.of());
    } finally {
      lock.unlock();
    }
  }

  /// From now on others hear of beginnings, ends and edits. Called once.
  public void start(SilencePorts heard) {
    ports = heard;
    sweeps = time.every(SWEEP, "silences", this::sweep);
  }

  /// That a silence had something to hide is noted.
  @Override
  public Optional<Mute.Silenced> covering(Labels alert, Instant at) {
    List<Silence> over = over(alert, at);
    over.forEach(silence -> matched.put(silence.id(), at));
    return over.stream()
        .findFirst()
        .map(silence ->
            new Mute.Silenced(
                silence.id(), silence.createdBy(), silence.comment(), silence.endsAt()));
  }

  /// All that stand over an alert at a time, the last to end first.
  public List<Silence> over(Labels labels, Instant at) {
    return matches.over(labels, shelf, at);
  }

  /// Whether any of them fits an alert.
  public static Predicate<Labels> anyFits(List<Silence> silences) {
    return labels -> silences.stream().anyMatch(silence -> silence.fits(labels));
  }

  /// All that are kept: active ones first, then those to come, then those that are over, the newest
  /// end first.
  public List<Silence> all() {
    Instant now = now();
    return shelf.all().stream().sorted(order(now)).toList();
  }

  private static Comparator<Silence> order(Instant now) {
    return Comparator.<Silence>comparingInt(silence ->
            switch (silence.state(now)) {
              case ACTIVE -> 0;
              case PENDING -> 1;
              case EXPIRED -> 2;
            })
        .thenComparingLong(silence ->
            switch (silence.state(now)) {
              case ACTIVE -> silence.endsAt().toEpochMilli();
              case PENDING -> silence.startsAt().toEpochMilli();
              case EXPIRED -> -silence.endsAt().toEpochMilli();
            })
        .thenComparing(Silence::id);
  }

  public Optional<Silence> find(String id) {
    return shelf.find(id);
  }

  /// Creates or changes one; durable when it returns.
  ///
  /// @return as it stands; its id is another than the draft's when the past would have changed
  public Silence set(Draft draft) {
    Edit edit;
    lock.lock();
    try {
      Instant now = now();
      Optional<Silence> before = draft.id().isEmpty() ? Optional.empty() : shelf.find(draft.id());
      if (!draft.id().isEmpty() && before.isEmpty()) {
        throw unknown();
      }
      edit = rules.judge(draft, before, UUID.randomUUID().toString(), now);
      if (!(edit instanceof Edit.Changed) && shelf.live().size() >= config.limit()) {
        throw new BadInput(
            new Text(
                "サイレンスは%d個までです (alerting.silence-limit)".formatted(config.limit()),
                "exceeded maximum number of silences: %d (alerting.silence-limit)"
                    .formatted(config.limit())),
            BadInput.NOWHERE);
      }
      write(touched(edit), List.of(), List.of());
    } finally {
      lock.unlock();
    }
    Silence after = edit.after();
    log.atInfo()
        .addKeyValue("silence", after.id())
        .addKeyValue("matchers", after.matcherText())
        .addKeyValue("endsAt", after.endsAt())
        .addKeyValue("by", after.createdBy())
        .addKeyValue("edit", edit.getClass().getSimpleName())
        .log("silence set");
    ports.changed().accept(touched(edit));
    return after;
  }

  private static List<Silence> touched(Edit edit) {
    return switch (edit) {
      case Edit.Created created -> List.of(created.after());
      case Edit.Changed changed -> List.of(changed.after());
      case Edit.Replaced replaced -> List.of(replaced.before(), replaced.after());
    };
  }

  private static Missing unknown() {
    return new Missing(new Text("このサイレンスはもう保存されていません", "silence not found"));
  }

  /// Ends one now; what is over already stays as it is.
  ///
  /// @param by who does
  public Silence expire(String id, String by) {
    Silence ended;
    lock.lock();
    try {
      Instant now = now();
      Silence before = shelf.find(id).orElseThrow(SilenceBook::unknown);
      if (before.state(now) == Silence.State.EXPIRED) {
        return before;
      }
      ended = before.ended(now, Silence.Ending.BY_HAND, by);
      write(List.of(ended), List.of(), List.of());
    } finally {
      lock.unlock();
    }
    log.atInfo().addKeyValue("silence", id).addKeyValue("by", by).log("silence expired by hand");
    ports.changed().accept(List.of(ended));
    return ended;
  }

  /// Writes, and only then shows; the lock is held.
  private void write(
      Collection<Silence> put, Collection<Silence> away, List<SilenceNotes.Note> said) {
    if (closed) {
      throw new Unavailable("the alert engine takes up another configuration, or ends");
    }
    List<Row> rows =
        Stream.concat(put.stream().map(table::put), away.stream().map(table::forget)).toList();
    List<PageGroup> groups = said.stream().map(SilenceNotes.Note::group).toList();
    List<Delivery> deliveries = said.stream().flatMap(n -> n.deliveries().stream()).toList();
    journal.commit(
        new Batch(
            List.of(),
            List.of(),
            groups.stream().map(GroupChange::of).toList(),
            deliveries,
            List.of(),
            rows));
    place(put, away);
  }

  private void place(Collection<Silence> put, Collection<Silence> away) {
    Instant now = now();
    shelf = shelf.with(put, away, now);
    boundary.cancel();
    shelf.live().stream()
        .flatMap(silence -> Stream.of(silence.startsAt(), silence.endsAt()))
        .filter(at -> at.isAfter(judgedAt))
        .min(Comparator.naturalOrder())
        .filter(_ -> !closed)
        .ifPresent(at -> boundary = time.at(at, "silence", this::turned));
  }

  /// Some have begun or ended by the clock.
  private void turned() {
    List<Silence> turned;
    lock.lock();
    try {
      Instant now = now();
      Instant since = judgedAt;
      turned =
          shelf.live().stream()
              .filter(s -> isWithin(s.startsAt(), since, now) || isWithin(s.endsAt(), since, now))
              .toList();
      judgedAt = now;
      place(List.of(), List.of());
    } finally {
      lock.unlock();
    }
    if (!turned.isEmpty() && !closed) {
      ports.changed().accept(turned);
    }
  }

  private static boolean isWithin(Instant at, Instant after, Instant upTo) {
    return at.isAfter(after) && !at.isAfter(upTo);
  }

  private void sweep() {
    if (closed) {
      return;
    }
    List<Silence> ended;
    boolean said;
    lock.lock();
    try {
      Instant now = now();
      Shelf present = shelf;
      SilenceUpkeep.Plan plan =
          upkeep.plan(
              present.all(),
              matched,
              ports.firing().get(),
              labels -> matches.over(labels, present, now),
              now);
      if (plan.isEmpty()) {
        return;
      }
      ended = plan.end().stream().map(s -> s.ended(now, Silence.Ending.IDLE)).toList();
      List<SilenceNotes.Note> words = new ArrayList<>();
      plan.warn().forEach((silence, under) -> words.add(notes.ending(silence, under, now)));
      ended.forEach(silence -> words.add(notes.idle(silence, config.idle(), now)));
      write(
          Stream.of(plan.warn().keySet(), plan.marked(), ended)
              .flatMap(Collection::stream)
              .toList(),
          plan.forget(),
          words);
      plan.forget().forEach(silence -> matched.remove(silence.id()));
      said = !words.isEmpty();
    } catch (Unavailable e) {
      log.atWarn().addKeyValue("reason", e.reason()).log("silences cannot be looked after");
      Cancel _ = time.at(now().plus(AFTER_FAILURE), "silences", this::sweep);
      return;
    } finally {
      lock.unlock();
    }
    ended.forEach(
        silence -> log.atInfo().addKeyValue("silence", silence.id()).log("silence expired: idle"));
    if (said) {
      ports.notes().run();
    }
    if (!ended.isEmpty()) {
      ports.changed().accept(ended);
    }
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    sweeps.cancel();
    lock.lock();
    try {
      boundary.cancel();
    } finally {
      lock.unlock();
    }
  }
}
