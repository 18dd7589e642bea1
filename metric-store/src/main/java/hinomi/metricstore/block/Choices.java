package hinomi.metricstore.block;

import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The series that were chosen lately, by block and matchers: dashboards and rules choose the same
/// ones again and again, and a block never changes. Those chosen longest ago go first. Any thread.
final class Choices {
  /// Series of all choices together; one takes about 250 bytes.
  private static final int MOST = 50_000;

  /// What a choice takes beside its series, in series.
  private static final int OWN = 8;

  private final Map<Choice, List<Block.Part>> known = new LinkedHashMap<>(64, 0.75f, true);
  private Set<Long> living = Set.of();
  private int size;

  /// @param block its number
  record Choice(long block, List<Matcher> matchers) {}

  synchronized @Nullable List<Block.Part> find(Choice choice) {
    return known.get(choice);
  }

  /// @param parts all of the block that fit, hidden and damaged ones too
  synchronized void keep(Choice choice, List<Block.Part> parts) {
    boolean fits = living.contains(choice.block()) && parts.size() <= MOST / 2;
    if (!fits || known.putIfAbsent(choice, parts) != null) {
      return;
    }
    size += parts.size() + OWN;
    Iterator<List<Block.Part>> eldest = known.values().iterator();
    while (size > MOST) {
      size -= eldest.next().size() + OWN;
      eldest.remove();
    }
  }

  /// Forgets blocks that are no more, for what is held of them keeps their files.
  ///
  /// @param numbers of those that are left, or new
  synchronized void keepOnly(Set<Long> numbers) {
    living = numbers;
    for (Choice choice : new ArrayList<>(known.keySet())) {
      if (!numbers.contains(choice.block())) {
        List<Block.Part> gone = known.remove(choice);
        size -= gone == null ? 0 : gone.size() + OWN;
      }
    }
  }
}
