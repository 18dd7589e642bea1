package hinomi.metricstore.head;

import hinomi.metricstore.index.LabelIndex;
import hinomi.model.Labels;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// Label → series numbers, growing and shrinking with the head, whose lock guards it.
final class HeadIndex implements LabelIndex {
  private static final MutableRoaringBitmap NOTHING = new MutableRoaringBitmap();

  private final Map<String, Map<String, MutableRoaringBitmap>> byName = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final MutableRoaringBitmap all = new MutableRoaringBitmap();

  /// The same labels made of texts that are held once, however many series share them.
  Labels shared(Labels labels) {
    String[] pairs = new String[2 * labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      pairs[2 * i] = shared(labels.name(i));
      pairs[2 * i + 1] = shared(labels.value(i));
    }
    return Labels.of(pairs);
  }

  private String shared(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  void add(int number, Labels labels) {
    all.add(number);
    labels.forEach((name, value) ->
        byName
            .computeIfAbsent(name, _ -> new HashMap<>())
            .computeIfAbsent(value, _ -> new MutableRoaringBitmap())
            .add(number));
  }

  void remove(int number, Labels labels) {
    all.remove(number);
    labels.forEach((name, value) -> {
      Map<String, MutableRoaringBitmap> values = byName.getOrDefault(name, Map.of());
      MutableRoaringBitmap numbers = values.get(value);
      if (numbers != null) {
        numbers.remove(number);
        if (numbers.isEmpty()) {
          values.remove(value);
          texts.remove(value);
          if (values.isEmpty()) {
            byName.remove(name);
          }
        }
      }
    });
  }

  @Override
  public ImmutableRoaringBitmap all() {
    return all;
  }

  @Override
  public ImmutableRoaringBitmap postings(String name, String value) {
    return byName.getOrDefault(name, Map.of()).getOrDefault(value, NOTHING);
  }

  @Override
  public Collection<String> values(String name) {
    return byName.getOrDefault(name, Map.of()).keySet();
  }

  Set<String> names() {
    return byName.keySet();
  }
}
