package hinomi.metricstore.index;

import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// Label → series numbers, for an index that grows and shrinks. A pair is found by its bytes, so
/// that a new series makes a String only for a pair that was never seen.
///
/// One thread changes it, under a lock that readers share; [#labels] needs none.
public final class PairIndex implements LabelIndex {
  private static final ImmutableRoaringBitmap NOTHING = new MutableRoaringBitmap();

  private final Map<String, LabelName> names = new HashMap<>();
  private volatile @Nullable Pair[] byId = new Pair[1 << 8];
  private final Deque<Integer> freeIds = new ArrayDeque<>();
  private int nextId;
  private final ByteTable table;
  private final MutableRoaringBitmap all = new MutableRoaringBitmap();
  private Predicate<String> watched = _ -> false;

  public PairIndex(ByteHash hash) {
    this.table = new ByteTable(hash, this::is);
  }

  private boolean is(int id, byte[] bytes, int from, int to) {
    @Nullable Pair[] pairs = byId;
    Pair pair = id < pairs.length ? pairs[id] : null;
    return pair != null && pair.is(bytes, from, to);
  }

  /// The pair whose bytes stand there.
  public @Nullable Pair find(byte[] bytes, int from, int to) {
    int id = table.find(bytes, from, to);
    return id == ByteTable.NONE ? null : byId[id];
  }

  private @Nullable Pair find(String name, String value) {
    byte[] field = LabelBytes.encode(Labels.of(name, value));
    int begin = 1;
    while (begin < field.length && field[begin] < 0) {
      begin++;
    }
    return field.length == 0 ? null : find(field, begin + 1, field.length);
  }

  /// Adds a series with a number above all before; returns the pair that names its metric.
  public Pair add(int number, LabelScan labels) {
    Pair metric = null;
    all.add(number);
    for (int i = 0; i < labels.count(); i++) {
      int from = labels.pairFrom(i);
      Pair pair = find(labels.bytes(), from, labels.pairTo(i));
      if (pair == null) {
        pair = create(labels.bytes(), from, labels.pairTo(i));
      }
      pair.add(number);
      if (pair.name().text().equals(Labels.NAME)) {
        metric = pair;
      }
    }
    if (metric == null) {
      throw new IllegalStateException("BUG: a series without a metric's name");
    }
    return metric;
  }

  private Pair create(byte[] bytes, int from, int to) {
    LabelName name = names.computeIfAbsent(Pair.nameIn(bytes, from), LabelName::new);
    Pair pair = new Pair(name, Arrays.copyOfRange(bytes, from, to));
    name.add(pair);
    if (name.text().equals(Labels.NAME) && watched.test(pair.value())) {
      pair.setArrivals(new Arrivals(pair.value()));
    }
    int id = freeIds.isEmpty() ? nextId++ : freeIds.remove();
    @Nullable Pair[] pairs = byId;
    if (id == pairs.length) {
      pairs = Arrays.copyOf(pairs, id * 2);
    }
    pairs[id] = pair;
    byId = pairs;
    table.add(bytes, from, to, id);
    return pair;
  }

  public void remove(int number, LabelScan labels) {
    all.remove(number);
    for (int i = 0; i < labels.count(); i++) {
      Pair pair = find(labels.bytes(), labels.pairFrom(i), labels.pairTo(i));
      if (pair != null) {
        pair.remove(number);
      }
    }
  }

  /// Forgets pairs that no series has any more; to be called after some [#remove].
  public void tidy() {
    @Nullable Pair[] pairs = byId;
    for (int id = 0; id < nextId; id++) {
      Pair pair = pairs[id];
      if (pair != null && pair.count() == 0) {
        pairs[id] = null;
        freeIds.add(id);
      }
    }
    names.values().removeIf(name -> !name.tidy());
    table.keep(id -> pairs[id] != null);
  }

  /// Decides anew of which metrics arrivals are noted.
  public void watch(Predicate<String> metric) {
    watched = metric;
    for (Pair pair : pairs(Labels.NAME)) {
      pair.setArrivals(metric.test(pair.value()) ? new Arrivals(pair.value()) : null);
    }
  }

  /// The labels in canonical bytes, made of texts that all series share. Any thread, no lock.
  public Labels labels(byte[] bytes, int from, int to) {
    String[] texts = new String[32];
    int count = 0;
    for (int at = from; at < to; ) {
      int length = 0;
      int shift = 0;
      do {
        at++;
        length |= (bytes[at] & 0x7F) << shift;
        shift += 7;
      } while (bytes[at] < 0);
      at++;
      Pair pair = find(bytes, at, at + length);
      if (pair == null || !pair.is(bytes, at, at + length)) {
        return LabelBytes.decode(bytes, from, to); // it has just been forgotten
      }
      if (count == texts.length) {
        texts = Arrays.copyOf(texts, count * 2);
      }
      texts[count++] = pair.name().text();
      texts[count++] = pair.value();
      at += length;
    }
    return Labels.of(Arrays.copyOf(texts, count));
  }

  @Override
  public ImmutableRoaringBitmap all() {
    return all;
  }

  @Override
  public ImmutableRoaringBitmap postings(String name, String value) {
    Pair pair = find(name, value);
    return pair == null ? NOTHING : pair.numbers();
  }

  @Override
  public ImmutableRoaringBitmap union(String name, Collection<String> values) {
    MutableRoaringBitmap union = new MutableRoaringBitmap();
    for (String value : values) {
      Pair pair = find(name, value);
      if (pair != null) {
        pair.addTo(union);
      }
    }
    return union;
  }

  @Override
  public Collection<String> values(String name) {
    return pairs(name).stream().map(Pair::value).toList();
  }

  /// The pairs of a name; not to be changed.
  public List<Pair> pairs(String name) {
    LabelName known = names.get(name);
    return known == null ? List.of() : known.pairs();
  }

  public Collection<LabelName> names() {
    return names.values();
  }

  /// How many pairs there are.
  public int size() {
    return nextId - freeIds.size();
  }
}
