package hinomi.metricstore.rollup;

import hinomi.disk.Durably;
import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.compact.Compactor;
import hinomi.metricstore.compact.Merge;
import hinomi.metricstore.compact.Plan;
import hinomi.metricstore.disk.Volume;
import hinomi.model.Matcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All buckets: the blocks of each tier, and what is rolled up. A day is rolled up when it and the
/// next one are past, so that whoever was cut off for some hours comes in time; and anew when its
/// samples changed, together with the next day that is due, or when an operator has blocks merged.
/// Until then queries read it sample by sample.
///
/// Queries may come from any thread; the work is done on the one that merges blocks, and what
/// changes samples or deletes is told by the one that does so.
public final class Rollups implements Compactor.Follower {
  private static final Logger log = LoggerFactory.getLogger(Rollups.class);

  /// How long a day waits for what is late.
  private static final long WAIT = Days.LENGTH;

  /// So that merging has its turn while a long past is rolled up.
  private static final int MOST_DAYS = 8;

  private final Blocks samples;
  private final Ledger ledger;
  private final Map<Tier, Blocks> tiers = new EnumMap<>(Tier.class);
  private final Volume volume;
  private final Counter days;
  private boolean renewed;

  private Rollups(Path folder, Volume volume, Blocks samples, MeterRegistry registry)
      throws IOException {
    this.samples = samples;
    this.volume = volume;
    this.days = registry.counter("hinomi.metricstore.rollup.days");
    Path above = folder.toAbsolutePath().getParent();
    Path quarantine = (above == null ? folder : above).resolve("quarantine");
    for (Tier tier : Tier.ALL) {
      Path own = folder.resolve(tier.text());
      Durably.createFolder(own);
      Path aside = quarantine.resolve(tier.text());
      tiers.put(tier, Blocks.open(own, aside, volume, registry, "rollup"));
    }
    this.ledger =
        Ledger.open(volume, folder)
            .orElseGet(() -> {
              registry.counter("hinomi.metricstore.damaged", "where", "rollup").increment();
              return Ledger.begin(volume, folder, guess());
            });
  }

  /// Opens what is there, whatever state it is in.
  ///
  /// @param folder in which the blocks of samples lie
  public static Rollups open(Path folder, Volume volume, Blocks samples, MeterRegistry registry)
      throws IOException {
    return new Rollups(folder, volume, samples, registry);
  }

  /// What is known without a ledger: what is before the samples has been rolled up.
  private Ledger.State guess() {
    Ledger.State nothing = Ledger.State.NOTHING;
    OptionalLong oldest = samples.all().stream().mapToLong(Block::first).min();
    OptionalLong rolled = blocks(Tier.DAY).all().stream().mapToLong(Block::first).min();
    long from = oldest.orElse(blocks(Tier.DAY).last() + 1);
    if (rolled.isEmpty() || rolled.getAsLong() > from) {
      return nothing;
    }
    return new Ledger.State(
        Days.begin(from) + Days.LENGTH, from, nothing.bucketsFrom(), new TreeSet<>());
  }

  Blocks blocks(Tier tier) {
    Blocks blocks = tiers.get(tier);
    if (blocks == null) {
      throw new IllegalStateException("BUG: a tier without blocks");
    }
    return blocks;
  }

  Ledger.State state() {
    return ledger.state();
  }

  /// How often the [#state] has changed.
  long changes() {
    return ledger.changes();
  }

  /// What it says of itself, to be removed when it is closed.
  public List<Gauge> gauges(MeterRegistry registry) {
    List<Gauge> gauges = new ArrayList<>();
    gauges.add(
        Gauge.builder("hinomi.metricstore.rollup.stale.days", ledger, l -> l.state().stale().size())
            .register(registry));
    tiers.forEach((tier, blocks) -> {
      gauges.add(
          Gauge.builder("hinomi.metricstore.rollup.blocks", blocks, Blocks::size)
              .tag("tier", tier.text())
              .register(registry));
      gauges.add(
          Gauge.builder("hinomi.metricstore.rollup.bytes", blocks, Blocks::bytes)
              .tag("tier", tier.text())
              .register(registry));
    });
    return gauges;
  }

  /// Up to when, included, days are rolled up.
  public long through() {
    return state().through();
  }

  // Rolling up.

  @Override
  public void follow(long flushedThrough, BooleanSupplier stop) throws IOException {
    renew(stop);
    boolean again = heal(stop);
    for (int i = 0; i < MOST_DAYS && rollNext(flushedThrough, stop); i++) {
      again = true;
    }
    if (again) {
      rollStale(stop);
    }
    for (Tier tier : Tier.ALL) {
      Blocks blocks = blocks(tier);
      for (var some = Plan.next(blocks.all(), tier.ranges(), state().through());
          some.isPresent();
          some = Plan.next(blocks.all(), tier.ranges(), state().through())) {
        Compactor.merge(blocks, some.get(), stop);
      }
    }
  }

  @Override
  public void finish(BooleanSupplier stop) throws IOException {
    renew(stop);
    heal(stop);
    rollStale(stop);
    writeWithoutHidden(stop);
  }

  private void writeWithoutHidden(BooleanSupplier stop) throws IOException {
    for (Tier tier : Tier.ALL) {
      for (Block block : blocks(tier).hiding()) {
        Compactor.merge(blocks(tier), List.of(block), stop);
      }
    }
  }

  /// Has days rolled up anew of whose native histograms earlier versions kept but the newest, where
  /// samples are there still. Looks once.
  private void renew(BooleanSupplier stop) throws IOException {
    if (renewed) {
      return;
    }
    renewed = true;
    boolean found = false;
    for (Block block : blocks(Tier.FIVE_MINUTES).all()) {
      if (Columns.isIn(block, HistogramColumns.OUTDATED)) {
        ledger.touch(Days.of(block.first(), block.last()));
        found = true;
      }
    }
    if (found) {
      rollStale(stop);
      writeWithoutHidden(stop);
    }
  }

  /// The begin of the next day to be rolled up; samples of it and of later days are needed still.
  ///
  /// @param flushedThrough up to which time, excluded, all samples are in blocks
  public OptionalLong due(long flushedThrough) {
    long through = state().through();
    long next = Long.MAX_VALUE;
    for (Block block : samples.all()) {
      if (block.last() > through) {
        next =
            Math.min(
                next,
                through == Long.MIN_VALUE ? block.first() : Math.max(block.first(), through + 1));
      }
    }
    if (next == Long.MAX_VALUE || Days.begin(next) + Days.LENGTH + WAIT >= flushedThrough) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Days.begin(next));
  }

  /// Whether there was one.
  private boolean rollNext(long flushedThrough, BooleanSupplier stop) throws IOException {
    ledger.begin();
    try {
      OptionalLong day = due(flushedThrough);
      if (day.isPresent()) {
        roll(day.getAsLong(), samplesOf(day.getAsLong()), stop);
      }
      return day.isPresent();
    } finally {
      ledger.rest();
    }
  }

  private void rollStale(BooleanSupplier stop) throws IOException {
    for (long day : List.copyOf(state().stale())) {
      ledger.begin();
      try {
        List<Block> whole = samplesOf(day);
        // Looked at after: when they go by age from now on, these blocks can be read still.
        if (state().stale().contains(day)) {
          roll(day, whole, stop);
        }
      } finally {
        ledger.rest();
      }
    }
  }

  private List<Block> samplesOf(long day) {
    return samples.overlapping(day + 1, day + Days.LENGTH);
  }

  private void roll(long day, List<Block> ofSamples, BooleanSupplier stop) throws IOException {
    List<Block> from = ofSamples;
    for (Tier tier : Tier.ALL) {
      from = write(tier, day, from, stop);
    }
    ledger.end(day);
    days.increment();
    log.atInfo().addKeyValue("day", Instant.ofEpochMilli(day)).log("metrics rolled up");
  }

  /// @param from samples or finer buckets
  /// @return the buckets
  private List<Block> write(Tier tier, long day, List<Block> from, BooleanSupplier stop)
      throws IOException {
    long first = day + 1;
    long last = day + Days.LENGTH;
    Blocks into = blocks(tier);
    into.sweep();
    List<Block> before = into.overlapping(first, last);
    List<Block> within =
        before.stream().filter(each -> each.first() >= first && each.last() <= last).toList();
    if (within.size() < before.size()) {
      // What a larger block has of this day is not meant any more.
      into.delete(List.of(), first, last);
    }
    long bytes = from.stream().mapToLong(Block::size).sum();
    if (into.room() < bytes) {
      throw new IOException("rolling up needs room for " + bytes + " bytes");
    }
    Optional<Block> written =
        into.write(() -> folding(tier, new Merge(from, first, last)), within, stop);
    into.forget();
    return written.stream().toList();
  }

  private static Folding folding(Tier tier, Merge merge) {
    return tier == Tier.FIVE_MINUTES
        ? Folding.ofSamples(merge, tier)
        : Folding.ofBuckets(merge, Tier.ALL.get(tier.level() - 1), tier);
  }

  /// Has what was found damaged rolled up anew where samples are there still, and written anew
  /// without it where they are not.
  private boolean heal(BooleanSupplier stop) throws IOException {
    boolean found = false;
    for (Tier tier : Tier.ALL) {
      Blocks blocks = blocks(tier);
      if (blocks.wounded()) {
        blocks.healed();
        for (Block block : blocks.all()) {
          if (block.isWounded()) {
            ledger.touch(Days.of(block.first(), block.last()));
            Compactor.merge(blocks, List.of(block), stop);
            found = true;
          }
        }
      }
    }
    return found;
  }

  // For whoever changes samples.

  /// A change of samples that was told before it happens. To be closed when it has happened or has
  /// failed: until then what is rolled up may lack it, and does not count.
  public interface Change extends AutoCloseable {
    @Override
    void close();
  }

  /// Must be told before samples come into blocks, for some may be of days that are rolled up, or
  /// are before they have come.
  public Change samplesCome(Collection<? extends Piece> pieces) throws IOException {
    return ledger.coming(Days.of(pieces));
  }

  /// Must be told before samples between two times, both included, are deleted. Then comes
  /// [#delete].
  public Change samplesLeave(long from, long to) throws IOException {
    return ledger.deleting(from, to);
  }

  /// Hides the buckets of the series that fit, in a range of time: also those that lie in it but in
  /// part, for the days of these are rolled up anew if they can be.
  public void delete(List<Matcher> matchers, long from, long to) throws IOException {
    for (Tier tier : Tier.ALL) {
      long beyond = to > Long.MAX_VALUE - tier.width() ? to : to + tier.width() - 1;
      blocks(tier).delete(matchers, from, beyond);
    }
  }

  /// Must be told before samples up to a time, included, go for good by age or for room.
  public void samplesGo(long last) throws IOException {
    ledger.samplesGo(last);
  }

  /// Deletes the buckets of a tier that are before a time.
  public void retain(Tier tier, long after) throws IOException {
    blocks(tier).retain(after, 0, last -> ledger.bucketsGo(tier, last));
  }

  /// Deletes oldest buckets, of the finest tier first, until the rest is small enough.
  public void shrink(long maxBytes) throws IOException {
    for (Tier tier : Tier.ALL) {
      long own = blocks(tier).bytes();
      long tooMuch = bytes() - maxBytes;
      if (tooMuch > 0 && own > 0) {
        blocks(tier)
            .retain(
                Long.MIN_VALUE, Math.max(1, own - tooMuch), last -> ledger.bucketsGo(tier, last));
      }
    }
  }

  /// Bytes on disk of all tiers.
  public long bytes() {
    return tiers.values().stream().mapToLong(Blocks::bytes).sum();
  }

  /// Gives every block a second name in a folder, and what is rolled up a copy.
  ///
  /// @param more samples that are put beside them and are in no bucket
  public void link(Path other, Collection<? extends Piece> more) throws IOException {
    Ledger.State state = ledger.state().touching(Days.of(more));
    if (state.through() == Long.MIN_VALUE && state.samplesFrom() == Long.MIN_VALUE) {
      return;
    }
    Ledger.write(volume, other, state);
    for (Tier tier : Tier.ALL) {
      Path own = other.resolve(tier.text());
      volume.createFolder(own);
      blocks(tier).link(own);
      volume.sync(own);
    }
  }
}
