package hinomi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// A label set: the identity of a series or of a log stream. Pairs are sorted by name; a name
/// stands once; an empty value means the label is absent, as in Prometheus' data model. Immutable.
public final class Labels implements Comparable<Labels> {
  /// The label that holds a metric's name.
  public static final String NAME = "__name__";

  public static final Labels EMPTY = new Labels(new String[0]);

  /// name, value, name, value…; sorted by name.
  private final String[] pairs;

  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /// Labels from names and values in turn, in any order. A name given twice is a [BadInput].
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new BadInput("a label has a name but no value");
    }
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Labels of(Map<String, String> map) {
    Builder builder = new Builder();
    map.forEach(builder::add);
    return builder.build();
  }

  /// Collects pairs in any order. One thread.
  public static final class Builder {
    private final TreeMap<String, String> map = new TreeMap<>();

    /// Adds a pair; a name that is there already is a [BadInput], for two answers to one question
    /// have no order.
    public Builder add(String name, String value) {
      if (name.isEmpty()) {
        throw new BadInput("a label name is empty");
      }
      if (map.put(name, value) != null) {
        throw new BadInput("label \"" + name + "\" is given twice");
      }
      return this;
    }

    /// Sets a pair, replacing what was there; an empty value removes.
    public Builder set(String name, String value) {
      map.put(name, value);
      return this;
    }

    public Builder setAll(Labels labels) {
      labels.forEach(this::set);
      return this;
    }

    public Labels build() {
      List<String> kept = new ArrayList<>(map.size() * 2);
      map.forEach((name, value) -> {
        if (!value.isEmpty()) {
          kept.add(name);
          kept.add(value);
        }
      });
      return kept.isEmpty() ? EMPTY : new Labels(kept.toArray(String[]::new));
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// The number of pairs.
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /// The name of pair `i`, in name order.
  public String name(int i) {
    return pairs[2 * i];
  }

  /// The value of pair `i`, in name order.
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /// The value of a label, or the empty string when it is absent.
  public String get(String name) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = name(middle).compareTo(name);
      if (order == 0) {
        return value(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return "";
  }

  public boolean has(String name) {
    return !get(name).isEmpty();
  }

  /// The metric's name, or the empty string.
  public String metric() {
    return get(NAME);
  }

  /// These labels with one set; an empty value removes it.
  public Labels with(String name, String value) {
    return builder().setAll(this).set(name, value).build();
  }

  public Labels without(Collection<String> names) {
    Builder builder = builder();
    forEach((name, value) -> {
      if (!names.contains(name)) {
        builder.set(name, value);
      }
    });
    return builder.build();
  }

  public Labels without(String name) {
    return has(name) ? without(List.of(name)) : this;
  }

  public Labels only(Collection<String> names) {
    Builder builder = builder();
    for (String name : names) {
      builder.set(name, get(name));
    }
    return builder.build();
  }

  public void forEach(BiConsumer<String, String> each) {
    for (int i = 0; i < pairs.length; i += 2) {
      each.accept(pairs[i], pairs[i + 1]);
    }
  }

  /// A sorted, modifiable copy.
  public Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  /// A stable 64-bit fingerprint (FNV-1a over the UTF-16 units with separators), the same on every
  /// machine and after every restart.
  public long fingerprint() {
    long h = 0xcbf29ce484222325L;
    for (String text : pairs) {
      for (int i = 0; i < text.length(); i++) {
        h = (h ^ text.charAt(i)) * 0x100000001b3L;
      }
      h = (h ^ 0xFFFF) * 0x100000001b3L;
    }
    return h;
  }

  @Override
  public int compareTo(Labels other) {
    int common = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < common; i++) {
      int order = pairs[i].compareTo(other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels
        && hash == labels.hash
        && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// As PromQL writes it: `up{job="node"}`, `{job="node"}`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(metric());
    if (size() > (has(NAME) ? 1 : 0) || isEmpty()) {
      text.append('{');
      String comma = "";
      for (int i = 0; i < size(); i++) {
        if (!name(i).equals(NAME)) {
          text.append(comma).append(name(i)).append("=\"").append(escaped(value(i))).append('"');
          comma = ", ";
        }
      }
      text.append('}');
    }
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
