package hinomi.settings;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Collects every mistake of a configuration, so that all are told at once, in the order of the
/// files. One thread.
public final class Mistakes {
  private final TreeSet<Mistake> found = new TreeSet<>();

  public void add(Mistake mistake) {
    found.add(mistake);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Mistake> all() {
    return List.copyOf(found);
  }

  /// Ends with [Invalid] if there is any.
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Invalid(found);
    }
  }

  /// A configuration that cannot be used; the message has one line a mistake.
  public static final class Invalid extends RuntimeException {
    private final transient List<Mistake> mistakes;

    Invalid(Collection<Mistake> mistakes) {
      super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
      this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
      return mistakes;
    }
  }
}
