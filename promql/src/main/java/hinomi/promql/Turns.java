package hinomi.promql;

import hinomi.model.Unavailable;
import hinomi.promql.evaluate.Budget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who may evaluate. A client has a part of the places at most, so that one is left for somebody
/// else; those who wait come in rounds, one of each client. Rules have places of their own. For any
/// threads.
final class Turns {
  private final int clientPlaces;
  private final int mostWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> active = new HashMap<>();

  /// The client to be served next comes first; none without somebody waiting.
  private final LinkedHashMap<String, ArrayDeque<Waiter>> waiting = new LinkedHashMap<>();

  private int freeForRules;
  private int free;
  private int waiters;

  /// @param places for all clients but rules
  /// @param clientPlaces how many of these one client may have
  Turns(int places, int clientPlaces, int rulePlaces, int mostWaiting) {
    this.free = places;
    this.clientPlaces = clientPlaces;
    this.freeForRules = rulePlaces;
    this.mostWaiting = mostWaiting;
  }

  /// Somebody who waits, until `called`.
  private static final class Waiter {
    private final Condition condition;
    private boolean called;

    Waiter(Condition condition) {
      this.condition = condition;
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiters;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a place. [Unavailable] when it takes too long or the thread is interrupted.
  ///
  /// @return false when too many wait already
  boolean enter(String client, Duration allowed) {
    lock.lock();
    try {
      if (!waiting.containsKey(client) && isRoom(client)) {
        take(client);
        return true;
      }
      if (waiters >= mostWaiting) {
        return false;
      }
      await(client, allowed);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void await(String client, Duration allowed) {
    Waiter waiter = new Waiter(lock.newCondition());
    waiting.computeIfAbsent(client, _ -> new ArrayDeque<>()).add(waiter);
    waiters++;
    try {
      long left = allowed.toNanos();
      while (!waiter.called) {
        if (left <= 0) {
          throw new Unavailable(Budget.TIMED_OUT + "query queue");
        }
        left = waiter.condition.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      if (waiter.called) {
        release(client);
      }
      Thread.currentThread().interrupt();
      throw new Unavailable("query was canceled in query queue", e);
    } finally {
      if (!waiter.called) {
        forget(client, waiter);
      }
    }
  }

  private void forget(String client, Waiter waiter) {
    ArrayDeque<Waiter> line = waiting.get(client);
    if (line != null && line.remove(waiter)) {
      waiters--;
      if (line.isEmpty()) {
        waiting.remove(client);
      }
    }
  }

  void leave(String client) {
    lock.lock();
    try {
      release(client);
    } finally {
      lock.unlock();
    }
  }

  private boolean isRoom(String client) {
    return client.equals(PromQl.RULES)
        ? freeForRules > 0
        : free > 0 && active.getOrDefault(client, 0) < clientPlaces;
  }

  private void take(String client) {
    if (client.equals(PromQl.RULES)) {
      freeForRules--;
    } else {
      free--;
      active.merge(client, 1, Integer::sum);
    }
  }

  private void release(String client) {
    if (client.equals(PromQl.RULES)) {
      freeForRules++;
    } else {
      free++;
      active.computeIfPresent(client, (_, places) -> places == 1 ? null : places - 1);
    }
    callNext();
  }

  /// Calls the first client that may have a place, and puts it behind the others.
  private void callNext() {
    Iterator<Map.Entry<String, ArrayDeque<Waiter>>> clients = waiting.entrySet().iterator();
    while (clients.hasNext()) {
      Map.Entry<String, ArrayDeque<Waiter>> entry = clients.next();
      String client = entry.getKey();
      if (isRoom(client)) {
        ArrayDeque<Waiter> line = entry.getValue();
        Waiter next = line.remove();
        waiters--;
        clients.remove();
        if (!line.isEmpty()) {
          waiting.put(client, line);
        }
        take(client);
        next.called = true;
        next.condition.signal();
        return;
      }
    }
  }
}
