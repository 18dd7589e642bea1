package hinomi.metricstore.exemplar;

import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The newest exemplars of all series, up to a number; the oldest taken go first, as in Prometheus'
/// circular exemplar storage. Any thread.
public final class Exemplars {
  /// What the labels of one may have in characters (OpenMetrics 1.0, "Exemplars").
  private static final int MOST_CHARACTERS = 128;

  private final int most;
  private final Map<Labels, Deque<Exemplar>> bySeries = new HashMap<>();
  private final Deque<Labels> order = new ArrayDeque<>();

  /// @param most how many are kept; with 0 none are
  public Exemplars(int most) {
    this.most = most;
  }

  /// What became of one.
  public enum Verdict {
    KEPT("", ""),
    HELD("", ""),
    SWITCHED_OFF("exemplars_off", "exemplars are not kept"),
    TOO_LONG(
        "exemplar_too_long",
        "the labels of an exemplar have more than " + MOST_CHARACTERS + " characters"),
    OUT_OF_ORDER("exemplar_out_of_order", "an exemplar is older than the newest of its series");

    private final String word;
    private final String sentence;

    Verdict(String word, String sentence) {
      this.word = word;
      this.sentence = sentence;
    }

    /// For a counter's label.
    public String word() {
      return word;
    }

    public String sentence() {
      return sentence;
    }
  }

  /// What would become of one if it were added now.
  public synchronized Verdict judge(Labels series, Exemplar exemplar) {
    if (most == 0) {
      return Verdict.SWITCHED_OFF;
    }
    int characters = 0;
    for (int i = 0; i < exemplar.labels().size(); i++) {
      String name = exemplar.labels().name(i);
      String value = exemplar.labels().value(i);
      characters += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    if (characters > MOST_CHARACTERS) {
      return Verdict.TOO_LONG;
    }
    Deque<Exemplar> known = bySeries.get(series);
    if (known == null) {
      return Verdict.KEPT;
    }
    if (isHeld(known, exemplar)) {
      return Verdict.HELD;
    }
    return exemplar.timestamp() < known.getLast().timestamp() ? Verdict.OUT_OF_ORDER : Verdict.KEPT;
  }

  /// A request that comes again brings all it brought, not only the newest of each series.
  private static boolean isHeld(Deque<Exemplar> known, Exemplar exemplar) {
    Iterator<Exemplar> newestFirst = known.descendingIterator();
    while (newestFirst.hasNext()) {
      Exemplar one = newestFirst.next();
      if (one.timestamp() < exemplar.timestamp() || same(one, exemplar)) {
        return one.timestamp() >= exemplar.timestamp();
      }
    }
    return false;
  }

  private static boolean same(Exemplar one, Exemplar other) {
    return one.timestamp() == other.timestamp()
        && Double.doubleToRawLongBits(one.value()) == Double.doubleToRawLongBits(other.value())
        && one.labels().equals(other.labels());
  }

  /// Adds one that [#judge] keeps; any other changes nothing, so that reading a log twice does no
  /// harm.
  public synchronized void add(Labels series, Exemplar exemplar) {
    if (judge(series, exemplar) != Verdict.KEPT) {
      return;
    }
    bySeries.computeIfAbsent(series, _ -> new ArrayDeque<>(2)).add(exemplar);
    order.add(series);
    if (order.size() > most) {
      Labels oldest = order.remove();
      Deque<Exemplar> own = bySeries.getOrDefault(oldest, new ArrayDeque<>());
      own.poll();
      if (own.isEmpty()) {
        bySeries.remove(oldest);
      }
    }
  }

  /// Those of series that fit all matchers, between two times in milliseconds since the epoch, both
  /// included; series sorted by labels, each one's in time order.
  public synchronized Map<Labels, List<Exemplar>> find(List<Matcher> matchers, long from, long to) {
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    bySeries.forEach((series, own) -> {
      if (Matcher.allMatch(matchers, series)) {
        List<Exemplar> inside =
            own.stream().filter(e -> e.timestamp() >= from && e.timestamp() <= to).toList();
        if (!inside.isEmpty()) {
          found.put(series, inside);
        }
      }
    });
    return found;
  }

  /// All of them, each series' in time order.
  public synchronized void each(BiConsumer<Labels, Exemplar> taker) {
    new ArrayList<>(bySeries.entrySet())
        .forEach(entry -> entry.getValue().forEach(one -> taker.accept(entry.getKey(), one)));
  }

  public synchronized int size() {
    return order.size();
  }
}
