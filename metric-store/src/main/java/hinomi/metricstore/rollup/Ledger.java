package hinomi.metricstore.rollup;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.FrameReader;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.disk.Volume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is rolled up, in memory and in the file `rollups` beside the blocks, which is always
/// replaced as a whole: first the file, then what queries see. Whoever brings samples into a day
/// that is rolled up already, or takes some out, says so here before, and when it is done; from
/// then on queries read that day sample by sample, until it was rolled up anew from begin to end
/// without such a [Change] under way. Any thread. The layout is drawn in
/// `docs/formats/metric-store.md`.
final class Ledger {
  static final String NAME = "rollups";

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private final Volume volume;
  private final Path folder;
  private volatile State state;
  private volatile long changes;
  private boolean unsure; // whether the file may say something else
  private final Set<Change> underWay = new HashSet<>();
  private boolean rolling;
  private final Set<Change> meanwhile = new HashSet<>(); // what was under way since that began

  /// Samples that come or leave: of these days, and of those that the deletion of a time, both ends
  /// included, covers in part or whole. To be closed when that is done or has failed, for a day
  /// that is rolled up meanwhile may lack it.
  final class Change implements Rollups.Change {
    private final Set<Long> days;
    private final long deletedFrom;
    private final long deletedTo;

    private Change(Set<Long> days, long deletedFrom, long deletedTo) {
      this.days = days;
      this.deletedFrom = deletedFrom;
      this.deletedTo = deletedTo;
    }

    private boolean deletesIn(long day) {
      return deletedFrom <= day + Days.LENGTH && deletedTo > day;
    }

    @Override
    public void close() {
      done(this);
    }
  }

  /// One moment of it. Milliseconds since the epoch.
  ///
  /// @param through up to when, included, days are rolled up, apart from the stale ones
  /// @param samplesFrom from when, included, all samples are there; before, some or all are gone
  /// @param bucketsFrom by tier: buckets that end up to there are gone
  /// @param stale begins of days that were rolled up before their samples changed
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record State(long through, long samplesFrom, long[] bucketsFrom, NavigableSet<Long> stale) {
    static final State NOTHING = new State(Long.MIN_VALUE, Long.MIN_VALUE, none(), new TreeSet<>());

    private static long[] none() {
      long[] none = new long[Tier.ALL.size()];
      Arrays.fill(none, Long.MIN_VALUE);
      return none;
    }

    boolean isRolled(long day) {
      return day + Days.LENGTH <= through;
    }

    /// Whether the samples of a day are all there still.
    boolean isWhole(long day) {
      return samplesFrom <= day + 1;
    }

    private State with(long otherThrough, NavigableSet<Long> otherStale) {
      return new State(otherThrough, samplesFrom, bucketsFrom, otherStale);
    }

    /// With more days that are stale, of those that are rolled up and can be anew.
    State touching(Collection<Long> days) {
      NavigableSet<Long> more = new TreeSet<>(stale);
      days.stream().filter(day -> isRolled(day) && isWhole(day)).forEach(more::add);
      return with(through, more);
    }
  }

  private Ledger(Volume volume, Path folder, State state) {
    this.volume = volume;
    this.folder = folder;
    this.state = state;
  }

  /// Reads what is there; empty when it is damaged.
  static Optional<Ledger> open(Volume volume, Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.of(new Ledger(volume, folder, State.NOTHING));
    }
    try (FrameReader frames = new FrameReader(file, 0)) {
      return frames
          .next()
          .map(frame -> new Ledger(volume, folder, state(new ByteSource(frame.payload()))));
    } catch (RuntimeException e) {
      log.atError().addKeyValue("file", file).setCause(e).log("ledger of rollups not understood");
      return Optional.empty();
    }
  }

  /// One that begins anew.
  static Ledger begin(Volume volume, Path folder, State state) {
    return new Ledger(volume, folder, state);
  }

  private static State state(ByteSource source) {
    long through = source.takeLong();
    long samplesFrom = source.takeLong();
    long[] bucketsFrom = new long[Tier.ALL.size()];
    for (int i = 0; i < bucketsFrom.length; i++) {
      bucketsFrom[i] = source.takeLong();
    }
    NavigableSet<Long> stale = new TreeSet<>();
    while (source.hasMore()) {
      stale.add(source.takeLong());
    }
    return new State(through, samplesFrom, bucketsFrom, stale);
  }

  /// Writes the file; durable when this returns.
  static void write(Volume volume, Path folder, State state) throws IOException {
    Frames frames = new Frames(64, 1);
    ByteSink sink = frames.begin();
    sink.putLong(state.through());
    sink.putLong(state.samplesFrom());
    for (long each : state.bucketsFrom()) {
      sink.putLong(each);
    }
    state.stale().forEach(sink::putLong);
    frames.end();
    Path draft = folder.resolve(NAME + ".tmp");
    try (FileChannel channel = volume.create(draft)) {
      Disk.write(channel, frames.bytes(), frames.size());
      channel.force(true);
    }
    volume.rename(draft, folder.resolve(NAME));
  }

  private synchronized void set(State changed) throws IOException {
    unsure = true;
    write(volume, folder, changed);
    unsure = false;
    state = changed;
    changes = changes + 1; // whoever calls holds the lock
  }

  State state() {
    return state;
  }

  /// How often the state has changed: what was said to be about to happen has not begun while this
  /// stays the same.
  long changes() {
    return changes;
  }

  /// Says that samples of some days are about to come.
  Change coming(Set<Long> days) throws IOException {
    return announce(new Change(days, Long.MAX_VALUE, Long.MIN_VALUE));
  }

  /// Says that samples between two times, both included, are about to be deleted. Days that lose
  /// all of a series need not be rolled up anew: its buckets go whole.
  Change deleting(long from, long to) throws IOException {
    Set<Long> edges = new TreeSet<>();
    for (long time : new long[] {from, to}) {
      if (time > Long.MIN_VALUE + Days.LENGTH && time < Long.MAX_VALUE - Days.LENGTH) {
        long day = Days.begin(time);
        if (from > day + 1 || to < day + Days.LENGTH) {
          edges.add(day);
        }
      }
    }
    return announce(new Change(edges, from, to));
  }

  private synchronized Change announce(Change change) throws IOException {
    touch(change.days);
    underWay.add(change);
    if (rolling) {
      meanwhile.add(change);
    }
    return change;
  }

  private synchronized void done(Change change) {
    underWay.remove(change);
  }

  /// Says that some days are to be rolled up anew.
  synchronized void touch(Collection<Long> days) throws IOException {
    State changed = state.touching(days);
    if (unsure || changed.stale().size() > state.stale().size()) {
      set(changed);
    }
  }

  /// Says that a day is about to be chosen and rolled up: the samples of others, too, may change
  /// meanwhile, and they may be behind it then.
  synchronized void begin() {
    rolling = true;
    meanwhile.clear();
    meanwhile.addAll(underWay);
  }

  /// Says that it was or will not be, for now.
  synchronized void rest() {
    rolling = false;
    meanwhile.clear();
  }

  /// Says that a day was rolled up. What changed meanwhile is stale all the same.
  synchronized void end(long day) throws IOException {
    long through = Math.max(state.through(), day + Days.LENGTH);
    NavigableSet<Long> stale = new TreeSet<>(state.stale());
    stale.remove(day);
    Set<Long> touched = new TreeSet<>();
    for (Change change : meanwhile) {
      touched.addAll(change.days);
      if (change.deletesIn(day)) {
        touched.add(day);
      }
    }
    set(state.with(through, stale).touching(touched));
  }

  /// Says that samples up to a time, included, are about to go for good: days that lose some of
  /// them are not rolled up anew any more.
  synchronized void samplesGo(long last) throws IOException {
    if (last >= state.samplesFrom()) {
      State before = state;
      State changed = new State(before.through(), last + 1, before.bucketsFrom(), new TreeSet<>());
      set(changed.touching(before.stale()));
    }
  }

  /// Says that buckets of a tier up to an end, included, are about to go.
  synchronized void bucketsGo(Tier tier, long last) throws IOException {
    long[] changed = state.bucketsFrom().clone();
    changed[tier.level()] = Math.max(changed[tier.level()], last);
    State before = state;
    set(new State(before.through(), before.samplesFrom(), changed, before.stale()));
  }
}
