package hinomi.metricstore.head;

import hinomi.metricstore.index.ByteHash;
import hinomi.metricstore.index.ByteTable;
import hinomi.metricstore.index.NameArena;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import hinomi.model.WriteBatch;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Finds series by the bytes in which senders name them, without making a String. A series is known
/// by its canonical bytes and by other spellings that were seen: unsorted labels, odd encoders.
/// Senders keep their order, so the series that followed the last time is tried first; then nothing
/// is hashed.
///
/// The committing thread alone changes it. Any thread may look up meanwhile: it may miss what is
/// new, and may find what has just been [forgotten][HeadSeries#isForgotten], but never finds
/// another series than the one it asked for.
final class SeriesTable {
  /// Spellings beside the canonical ones may be as many as there are series, and as long, but may
  /// always have so much: hostile ones must not fill the memory.
  private static final int FREE_SPELLINGS = 10_000;

  private static final long FREE_SPELLING_BYTES = 4L << 20;

  /// No series is known.
  static final int NONE = -1;

  private final SeriesNumbers numbers;
  private final ByteTable table;
  private final NameArena names = new NameArena();
  private volatile @Nullable Spelling[] spellings = new Spelling[16];
  private int spellingCount;
  private long spellingBytes;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Spelling(byte[] bytes, HeadSeries series) {}

  SeriesTable(ByteHash hash, SeriesNumbers numbers) {
    this.numbers = numbers;
    this.table = new ByteTable(hash, this::is);
  }

  /// A number is a series' or, below zero, that of a spelling.
  private boolean is(int number, byte[] bytes, int from, int to) {
    if (number >= 0) {
      return isSeries(number, bytes, from, to);
    }
    @Nullable Spelling[] known = spellings;
    Spelling spelling = ~number < known.length ? known[~number] : null;
    return spelling != null
        && Arrays.equals(spelling.bytes(), 0, spelling.bytes().length, bytes, from, to);
  }

  private boolean isSeries(int number, byte[] bytes, int from, int to) {
    SeriesPage page = numbers.page(number);
    return page != null
        && page.nameLength(number) == to - from
        && names.is(page.name(number), to - from, bytes, from, to);
  }

  @Nullable HeadSeries find(byte[] bytes, int from, int to) {
    int number = table.find(bytes, from, to);
    if (number >= 0) {
      return numbers.get(number);
    }
    @Nullable Spelling[] known = spellings;
    Spelling spelling = number == ByteTable.NONE || ~number >= known.length ? null : known[~number];
    return spelling != null
            && Arrays.equals(spelling.bytes(), 0, spelling.bytes().length, bytes, from, to)
        ? spelling.series()
        : null;
  }

  /// Finds the numbers of the series of a whole batch; [#NONE] for those not known.
  void resolve(WriteBatch batch, int[] into) {
    byte[] bytes = batch.names();
    int before = NONE;
    for (int i = 0; i < into.length; i++) {
      int from = batch.from(i);
      int to = batch.to(i);
      SeriesPage page = before == NONE ? null : numbers.page(before);
      int guess = page == null ? NONE : page.next(before);
      if (guess == NONE || !isSeries(guess, bytes, from, to)) {
        HeadSeries found = find(bytes, from, to);
        guess = found == null ? NONE : found.number();
        if (page != null && found != null) {
          page.setNext(before, guess);
        }
      }
      into[i] = guess;
      before = guess;
    }
  }

  /// Keeps a name; returns its place.
  long keep(byte[] bytes, int from, int to) {
    return names.add(bytes, from, to);
  }

  /// Makes a series known whose name is kept and whose number leads to it.
  void add(HeadSeries series, byte[] bytes, int from, int to) {
    table.add(bytes, from, to, series.number());
  }

  /// Makes another spelling of a series known, if there is room.
  void addSpelling(HeadSeries series, byte[] bytes, int from, int to, int seriesCount) {
    int length = to - from;
    if (spellingCount >= Math.max(FREE_SPELLINGS, seriesCount)
        || spellingBytes + length > Math.max(FREE_SPELLING_BYTES, names.size())) {
      return;
    }
    @Nullable Spelling[] known = spellings;
    if (spellingCount == known.length) {
      known = Arrays.copyOf(known, spellingCount * 2);
    }
    known[spellingCount] = new Spelling(Arrays.copyOfRange(bytes, from, to), series);
    spellings = known;
    table.add(bytes, from, to, ~spellingCount);
    spellingCount++;
    spellingBytes += length;
  }

  /// The bytes of a series' name. Any thread.
  byte[] name(HeadSeries series) {
    int length = series.page().nameLength(series.number());
    while (true) { // a second time only when it has just been moved
      long place = series.page().name(series.number());
      byte[] page = names.page(place);
      if (page != null) {
        int offset = NameArena.offset(place);
        return Arrays.copyOfRange(page, offset, offset + length);
      }
      Labels last = series.knownLabels();
      if (last != null && series.isForgotten()) {
        return LabelBytes.encode(last);
      }
    }
  }

  void forget(HeadSeries series) {
    SeriesPage page = series.page();
    names.forget(page.name(series.number()), page.nameLength(series.number()));
  }

  /// After some were forgotten and have no number any more: lets go of what nobody needs. Other
  /// spellings are learnt anew when they come again.
  void tidy(int end) {
    table.keep(number -> number >= 0 && numbers.get(number) != null);
    spellings = new Spelling[16];
    spellingCount = 0;
    spellingBytes = 0;
    BitSet sparse = names.sparse();
    numbers.each(
        0,
        end,
        series -> {
          if (NameArena.isOn(sparse, series.page().name(series.number()))) {
            byte[] name = name(series);
            series.page().moveName(series.number(), names.add(name, 0, name.length));
          }
        });
    names.release(sparse);
  }

  int spellings() {
    return spellingCount;
  }

  /// Bytes of all canonical names.
  long nameBytes() {
    return names.size();
  }
}
