package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.model.Cancel;
import hinomi.model.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// When each group is to be judged again, under one timer: what falls due together is done
/// together, in one transaction. Guarded by its owner's lock.
final class Agenda {
  private final Time time;
  private final Runnable due;
  private final Map<String, Entry> byId = new HashMap<>();
  private final TreeSet<Entry> inOrder =
      new TreeSet<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::order));
  private Instant set = NEVER;
  private @Nullable Cancel timer;
  private long order;
  private boolean closed;

  /// @param order of two that are due at one time the one that was put first is first
  private record Entry(String id, Instant at, long order) {}

  /// @param due is called when something is, on a thread of its own
  Agenda(Time time, Runnable due) {
    this.time = time;
    this.due = due;
  }

  /// In place of what was said of it before; [hinomi.alertengine.state.Alert#NEVER] for not at all.
  void put(String id, Instant at) {
    Entry before = byId.remove(id);
    if (before != null) {
      inOrder.remove(before);
    }
    if (!at.equals(NEVER)) {
      Entry entry = new Entry(id, at, order++);
      byId.put(id, entry);
      inOrder.add(entry);
    }
    arm();
  }

  /// Takes out what is due, the longest due first.
  List<String> take(Instant now, int most) {
    List<String> ids = new ArrayList<>();
    while (ids.size() < most && !inOrder.isEmpty() && !inOrder.getFirst().at().isAfter(now)) {
      Entry entry = inOrder.removeFirst();
      byId.remove(entry.id());
      ids.add(entry.id());
    }
    return ids;
  }

  /// Sets the timer for what is left.
  void arm() {
    Instant next = closed || inOrder.isEmpty() ? NEVER : inOrder.getFirst().at();
    if (next.equals(set)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    set = next;
    timer = next.equals(NEVER) ? null : time.at(next, "page groups", due);
  }

  /// The timer has rung.
  void rung() {
    set = NEVER;
    timer = null;
  }

  void close() {
    closed = true;
    arm();
  }
}
