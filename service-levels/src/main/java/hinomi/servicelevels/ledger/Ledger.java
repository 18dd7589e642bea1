package hinomi.servicelevels.ledger;

import hinomi.model.Evidence;
import hinomi.model.Unavailable;
import hinomi.sql.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The record of who claimed what, and since when: in memory for the days that are shown, in SQL
/// for good. Any thread.
///
/// What changes a claim is on disk when [#accept] returns; threads that come together share one
/// transaction. That a claim merely lasts longer is written by [#write], so a crash shortens each
/// source's last claim by what came after the last call, and that time is unknown. While the
/// database does not answer, the ledger goes on in memory and is written later.
public final class Ledger {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final int MAX_SOURCES = 20_000;

  private final Database database;
  private final Map<String, NavigableMap<String, Timeline>> timelines; // by component, source
  private final AtomicInteger sources = new AtomicInteger();
  private final Queue<Timeline> changed = new ConcurrentLinkedQueue<>(); // one a waiting thread
  private final ReentrantLock writing = new ReentrantLock(); // what is taken first is written first
  private boolean unavailable; // guarded by writing
  private volatile Instant remembered; // memory holds everything since then

  /// What became of a piece of evidence.
  public enum Verdict {
    KEPT,
    /// Newer evidence of the same source is known.
    OLDER,
    /// Nobody configured such a component.
    UNKNOWN_COMPONENT,
    /// There is no room for one more source.
    TOO_MANY_SOURCES
  }

  /// @param components ids that evidence may speak of
  /// @param remembered since when claims are kept in memory
  public Ledger(Database database, Collection<String> components, Instant remembered) {
    this.database = database;
    this.remembered = remembered;
    Map<String, NavigableMap<String, Timeline>> all = new LinkedHashMap<>();
    components.forEach(component -> all.put(component, new ConcurrentSkipListMap<>()));
    this.timelines = all;
    Map<List<String>, List<Claim>> written = new LinkedHashMap<>();
    database.read(handle -> ClaimTable.since(handle, remembered)).stream()
        .filter(claim -> all.containsKey(claim.component()))
        .forEach(claim ->
            written
                .computeIfAbsent(List.of(claim.component(), claim.source()), _ -> new ArrayList<>())
                .add(claim));
    written.forEach((of, claims) -> timeline(of.getFirst(), of.getLast(), claims));
  }

  private Timeline timeline(String component, String source, List<Claim> written) {
    Timeline added = new Timeline(component, source, written);
    Timeline there = sourcesOf(component).putIfAbsent(source, added);
    if (there == null) {
      sources.incrementAndGet();
      return added;
    }
    return there;
  }

  private NavigableMap<String, Timeline> sourcesOf(String component) {
    NavigableMap<String, Timeline> found = timelines.get(component);
    if (found == null) {
      throw new IllegalStateException("BUG: no component " + component);
    }
    return found;
  }

  /// Takes evidence in; a change is on disk when this returns.
  public Verdict accept(Evidence given, Instant now) {
    Evidence evidence = inMilliseconds(given);
    if (!timelines.containsKey(evidence.component())) {
      return Verdict.UNKNOWN_COMPONENT;
    }
    Timeline timeline = sourcesOf(evidence.component()).get(evidence.source());
    if (timeline == null) {
      if (sources.get() >= MAX_SOURCES) {
        return Verdict.TOO_MANY_SOURCES;
      }
      timeline = timeline(evidence.component(), evidence.source(), List.of());
    }
    return switch (timeline.accept(evidence, now)) {
      case LONGER -> Verdict.KEPT;
      case OLDER -> Verdict.OLDER;
      case CHANGED -> {
        changed.add(timeline);
        writeChanged();
        yield Verdict.KEPT;
      }
    };
  }

  private static Evidence inMilliseconds(Evidence given) {
    if (given.validFor().toMillis() <= 0) {
      throw new IllegalStateException("BUG: evidence that is never valid: " + given);
    }
    return new Evidence(
        given.component(),
        given.source(),
        given.condition(),
        given.since().truncatedTo(ChronoUnit.MILLIS),
        given.at().truncatedTo(ChronoUnit.MILLIS),
        given.validFor().truncatedTo(ChronoUnit.MILLIS),
        given.detail());
  }

  private void writeChanged() {
    writing.lock();
    try {
      List<Timeline> taken = new ArrayList<>();
      for (Timeline one = changed.poll(); one != null; one = changed.poll()) {
        taken.add(one);
      }
      write(taken.stream()); // empty when another thread has written ours with its own
    } finally {
      writing.unlock();
    }
  }

  /// Writes what is not written yet, and forgets what ended before a time.
  public void write(Instant forgetBefore) {
    writing.lock();
    try {
      write(all());
      if (forgetBefore.isAfter(remembered)) {
        remembered = forgetBefore;
        all().forEach(timeline -> timeline.forget(forgetBefore));
      }
    } finally {
      writing.unlock();
    }
  }

  private Stream<Timeline> all() {
    return timelines.values().stream().flatMap(ofComponent -> ofComponent.values().stream());
  }

  private void write(Stream<Timeline> of) {
    List<Timeline.Unwritten> taken = of.flatMap(one -> one.takeUnwritten().stream()).toList();
    if (taken.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      database.write(handle -> {
        taken.forEach(unwritten -> ClaimTable.replace(handle, unwritten));
        return taken.size();
      });
      written = true;
      if (unavailable) {
        unavailable = false;
        log.atInfo().log("the ledger is written again");
      }
    } catch (Unavailable e) {
      if (!unavailable) {
        unavailable = true;
        log.atWarn().setCause(e).log("the ledger cannot be written; it goes on in memory");
      }
    } finally {
      if (!written) {
        taken.forEach(unwritten -> unwritten.of().notWritten(unwritten));
      }
    }
  }

  /// What the sources of one component claimed within a stretch, source by source, each oldest
  /// first. A stretch older than what is in memory is read from SQL.
  public Collection<List<Claim>> claims(String component, Instant from, Instant to) {
    if (from.isBefore(remembered)) {
      write(remembered);
      Map<String, List<Claim>> bySource = new LinkedHashMap<>();
      database
          .read(handle -> ClaimTable.of(handle, component, from, to))
          .forEach(
              claim -> bySource.computeIfAbsent(claim.source(), _ -> new ArrayList<>()).add(claim));
      return bySource.values();
    }
    return sourcesOf(component).values().stream().map(one -> one.between(from, to)).toList();
  }

  /// What the sources of one component say at a time, in the order of their names.
  public List<Claim> claims(String component, Instant at) {
    return claims(component, at, at.plusMillis(1)).stream().flatMap(List::stream).toList();
  }

  /// What later measurements changed of a component's past, oldest first.
  public List<Amendment> amendments(String component) {
    write(remembered);
    return database.read(handle -> ClaimTable.amendments(handle, component));
  }
}
