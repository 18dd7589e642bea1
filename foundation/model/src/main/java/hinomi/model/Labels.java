package hinomi.model;

import java.util.Arrays;
import java.util.Collection;
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

  /// 0 until somebody asks; threads that race find the same.
  private int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /// Labels from names and values in turn, in any order. A name given twice is a [BadInput].
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new BadInput("a label has a name but no value");
    }
    Builder builder = new Builder(8);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Labels of(Map<String, String> map) {
    Builder builder = new Builder(8);
    map.forEach(builder::add);
    return builder.build();
  }

  /// Collects pairs in any order; those that come sorted, as most do, are merely appended. One
  /// thread.
  public static final class Builder {
    /// As in the label set that is to be, but values may be empty.
    private String[] pairs;

    private int end;

    private Builder(int expected) {
      pairs = new String[2 * expected];
    }

    /// Adds a pair; a name that is there already is a [BadInput], for two answers to one question
    /// have no order.
    public Builder add(String name, String value) {
      if (name.isEmpty()) {
        throw new BadInput("a label name is empty");
      }
      int at = place(name);
      if (at < 0) {
        throw new BadInput("label \"" + name + "\" is given twice");
      }
      insert(at, name, value);
      return this;
    }

    /// Sets a pair, replacing what was there; an empty value removes.
    public Builder set(String name, String value) {
      int at = place(name);
      if (at < 0) {
        pairs[-at] = value;
      } else {
        insert(at, name, value);
      }
      return this;
    }

    /// Where a new name belongs, or minus the place of the value when the name is there.
    private int place(String name) {
      int low = 0;
      int high = end / 2 - 1;
      if (high >= 0 && pairs[end - 2].compareTo(name) < 0) {
        return end;
      }
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = pairs[2 * middle].compareTo(name);
        if (order == 0) {
          return -(2 * middle + 1);
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return 2 * low;
    }

    private void insert(int at, String name, String value) {
      if (end == pairs.length) {
        pairs = Arrays.copyOf(pairs, Math.max(16, end * 2));
      }
      System.arraycopy(pairs, at, pairs, at + 2, end - at);
      pairs[at] = name;
      pairs[at + 1] = value;
      end += 2;
    }

    public Builder setAll(Labels labels) {
      for (int i = 0; i < labels.size(); i++) {
        set(labels.name(i), labels.value(i));
      }
      return this;
    }

    /// What has been collected; more may be collected after.
    public Labels build() {
      String[] kept = new String[end];
      int size = 0;
      for (int i = 0; i < end; i += 2) {
        if (!pairs[i + 1].isEmpty()) {
          kept[size++] = pairs[i];
          kept[size++] = pairs[i + 1];
        }
      }
      return Labels.sorted(kept, size);
    }
  }

  /// @param size how many elements count
  private static Labels sorted(String[] pairs, int size) {
    return size == 0
        ? EMPTY
        : new Labels(size == pairs.length ? pairs : Arrays.copyOf(pairs, size));
  }

  public static Builder builder() {
    return new Builder(8);
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
    return pairs.length > 0 && pairs[0].equals(NAME) ? pairs[1] : get(NAME);
  }

  /// These labels with one set; an empty value removes it.
  public Labels with(String name, String value) {
    int at = place(name);
    boolean there = at < pairs.length && pairs[at].equals(name);
    if (value.isEmpty()) {
      return there ? without(name) : this;
    }
    String[] changed = new String[there ? pairs.length : pairs.length + 2];
    System.arraycopy(pairs, 0, changed, 0, at);
    changed[at] = name;
    changed[at + 1] = value;
    int rest = there ? at + 2 : at;
    System.arraycopy(pairs, rest, changed, at + 2, pairs.length - rest);
    return new Labels(changed);
  }

  /// Index of the first name that is not before this one.
  private int place(String name) {
    int at = 0;
    while (at < pairs.length && pairs[at].compareTo(name) < 0) {
      at += 2;
    }
    return at;
  }

  /// These labels without some; the same object when none of them is there.
  public Labels without(Collection<String> names) {
    int first = 0;
    while (first < pairs.length && !names.contains(pairs[first])) {
      first += 2;
    }
    if (first == pairs.length) {
      return this;
    }
    String[] kept = Arrays.copyOf(pairs, pairs.length);
    int size = first;
    for (int i = first + 2; i < pairs.length; i += 2) {
      if (!names.contains(pairs[i])) {
        kept[size++] = pairs[i];
        kept[size++] = pairs[i + 1];
      }
    }
    return sorted(kept, size);
  }

  public Labels without(String name) {
    int at = place(name);
    if (at == pairs.length || !pairs[at].equals(name)) {
      return this;
    }
    String[] kept = new String[pairs.length - 2];
    System.arraycopy(pairs, 0, kept, 0, at);
    System.arraycopy(pairs, at + 2, kept, at, kept.length - at);
    return sorted(kept, kept.length);
  }

  /// Those of these labels that are named; the same object when that is all of them.
  public Labels only(Collection<String> names) {
    String[] kept = new String[Math.min(pairs.length, 2 * names.size())];
    int size = 0;
    for (int i = 0; i < pairs.length && size < kept.length; i += 2) {
      if (names.contains(pairs[i])) {
        kept[size++] = pairs[i];
        kept[size++] = pairs[i + 1];
      }
    }
    return size == pairs.length ? this : sorted(kept, size);
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
    return this == other
        || (other instanceof Labels labels
            && hashCode() == labels.hashCode()
            && Arrays.equals(pairs, labels.pairs));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(pairs);
      hash = known;
    }
    return known;
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
