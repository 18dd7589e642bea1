package hinomi.statuspage;

import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.statuspage.publish.StaticFiles;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Press;
import hinomi.statuspage.snapshot.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public page. Every `refresh`, and soon after [#changed], it takes a snapshot. It is printed
/// ahead when it says something else than the edition that stands, when somebody reads, and when
/// editions are published as files. Otherwise it waits for a reader, who then has it printed, from
/// memory and without asking any source: a page that nobody looks at costs no printing, and whoever
/// looks sees the newest snapshot. If no snapshot can be taken the last one stays and expires: from
/// then on everything says unknown, which is also what stands there before the first measurement.
///
/// Safe for any number of threads; snapshots are taken, and editions printed, one at a time.
public final class StatusPage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusPage.class);

  private final ComponentsSource components;
  private final IncidentsSource incidents;
  private final Time time;
  private final Duration refresh;
  private final Press press;
  private final Optional<StaticFiles> files;
  private final AtomicReference<Edition> current;
  private final AtomicReference<Snapshot> taken;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean read = new AtomicBoolean();
  private final Lock pressing = new ReentrantLock();
  private final Cancel refreshing;
  private final Timer printing;
  private final Counter sourceFailures;
  private final Counter fileFailures;
  private final Counter unwritable;
  private final AtomicBoolean failing = new AtomicBoolean();
  private boolean filesFailing;
  private long seq;

  /// Prints the first edition before it returns.
  public StatusPage(
      StatusPageConfig config,
      ComponentsSource components,
      IncidentsSource incidents,
      Time time,
      MeterRegistry registry) {
    this.components = components;
    this.incidents = incidents;
    this.time = time;
    this.refresh = config.refresh();
    this.press = new Press(config.identity());
    this.files = config.publishDirectory().map(StaticFiles::new);
    this.printing =
        Timer.builder("hinomi.statuspage.print")
            .description("Printing an edition")
            .register(registry);
    this.sourceFailures = failures(registry, "source");
    this.fileFailures = failures(registry, "file");
    this.unwritable =
        Counter.builder("hinomi.statuspage.dropped")
            .description("Documents not written to the publish directory")
            .tag("reason", "no_file_name")
            .register(registry);
    Instant now = time.now();
    this.taken = new AtomicReference<>(Snapshot.of(now, 0, List.of(), List.of()));
    this.current = new AtomicReference<>(press.print(taken.get()));
    Gauge.builder("hinomi.statuspage.age", this, StatusPage::ageSeconds)
        .description("Age of what a reader is told")
        .baseUnit("seconds")
        .register(registry);
    refresh();
    this.refreshing = time.every(config.refresh(), "status-page", this::refresh);
  }

  private static Counter failures(MeterRegistry registry, String reason) {
    return Counter.builder("hinomi.statuspage.failures")
        .description("Editions that could not be printed, or not written as files")
        .tag("reason", reason)
        .register(registry);
  }

  /// What is served now: the newest snapshot, printed. Who finds the press busy takes the edition
  /// before, as long as that is not older than the one after the next would be.
  public Edition edition() {
    read.set(true);
    Edition edition = current.get();
    Snapshot newest = taken.get();
    if (edition.seq() == newest.seq()) {
      return edition;
    }
    if (Duration.between(edition.asOf(), newest.asOf()).compareTo(refresh) > 0) {
      pressing.lock();
    } else if (!pressing.tryLock()) {
      return edition;
    }
    try {
      printNewest();
    } catch (RuntimeException e) {
      failed(e); // the edition stays, and expires
    } finally {
      pressing.unlock();
    }
    return current.get();
  }

  public Instant now() {
    return time.now();
  }

  /// Says that what the sources tell has changed: a new edition follows at once. Returns at once;
  /// calls that come before it is printed count as one.
  public void changed() {
    if (asked.compareAndSet(false, true)) {
      Cancel _ = time.at(time.now(), "status-page", this::refresh);
    }
  }

  private synchronized void refresh() {
    asked.set(false);
    try {
      Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
      Snapshot snapshot = Snapshot.of(now, nextSeq(now), components.at(now), incidents.published());
      boolean news = !snapshot.saysTheSameAs(taken.getAndSet(snapshot));
      if (read.getAndSet(false) || news || files.isPresent()) {
        printAhead();
      }
      recovered();
    } catch (RuntimeException e) {
      // The answer to any failure is the same: the edition stays, and expires.
      failed(e);
      return;
    }
    files.ifPresent(this::write);
  }

  private void printAhead() {
    pressing.lock();
    try {
      printNewest();
    } finally {
      pressing.unlock();
    }
  }

  /// Only with the press held.
  private void printNewest() {
    Snapshot newest = taken.get();
    if (current.get().seq() != newest.seq()) {
      long start = time.nanos();
      current.set(press.print(newest));
      printing.record(time.nanos() - start, TimeUnit.NANOSECONDS);
    }
  }

  /// Grows over restarts too, as long as the clock is not set back.
  private long nextSeq(Instant now) {
    seq = Math.max(seq + 1, now.toEpochMilli());
    return seq;
  }

  private void write(StaticFiles directory) {
    try {
      unwritable.increment(directory.write(current.get()));
      if (filesFailing) {
        filesFailing = false;
        log.atInfo().log("publish directory is written again");
      }
    } catch (IOException e) {
      fileFailures.increment();
      if (!filesFailing) {
        filesFailing = true;
        log.atError().setCause(e).log("publish directory cannot be written");
      }
    }
  }

  private void failed(RuntimeException e) {
    sourceFailures.increment();
    if (failing.compareAndSet(false, true)) {
      log.atError()
          .addKeyValue("expires", current.get().expiresAt())
          .setCause(e)
          .log("status page cannot be refreshed");
    }
  }

  private void recovered() {
    if (failing.compareAndSet(true, false)) {
      log.atInfo().log("status page is refreshed again");
    }
  }

  private double ageSeconds() {
    return Duration.between(taken.get().asOf(), time.now()).toMillis() / 1000.0;
  }

  @Override
  public void close() {
    refreshing.cancel();
  }
}
