package hinomi.exchangesimulator.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Two sides of resting orders, matched by price, then by time of arrival. Not thread-safe: its
/// owner is the matching engine's thread.
public final class OrderBook {
  private final NavigableMap<Long, Deque<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<Long, Deque<Order>> asks = new TreeMap<>();
  private long resting;

  /// Matches an arriving order; what remains rests or is cancelled, as the order says.
  public List<Execution> accept(Order arriving) {
    List<Execution> executions = new ArrayList<>(2);
    NavigableMap<Long, Deque<Order>> opposite = arriving.side() == Order.Side.BUY ? asks : bids;
    Order taker = arriving;
    while (taker.quantity() > 0 && !opposite.isEmpty()) {
      Map.Entry<Long, Deque<Order>> best = opposite.firstEntry();
      if (!crosses(taker, best.getKey())) {
        break;
      }
      Order maker = best.getValue().removeFirst();
      long filled = Math.min(taker.quantity(), maker.quantity());
      executions.add(new Execution(maker.id(), taker.id(), maker.price(), filled, taker.side()));
      if (maker.quantity() > filled) {
        best.getValue().addFirst(maker.less(filled));
      } else {
        resting--;
        if (best.getValue().isEmpty()) {
          opposite.pollFirstEntry();
        }
      }
      if (taker.quantity() == filled) {
        return executions;
      }
      taker = taker.less(filled);
    }
    if (taker.rests()) {
      rest(taker);
    }
    return executions;
  }

  private static boolean crosses(Order taker, long price) {
    return switch (taker.side()) {
      case BUY -> price <= taker.price();
      case SELL -> price >= taker.price();
    };
  }

  private void rest(Order order) {
    (order.side() == Order.Side.BUY ? bids : asks)
        .computeIfAbsent(order.price(), _ -> new ArrayDeque<>())
        .addLast(order);
    resting++;
  }

  /// Cancels what rests farther from the best price than so many levels, so that a long run stays
  /// small; returns how many orders went.
  public int trim(int levels) {
    return trim(bids, levels) + trim(asks, levels);
  }

  private int trim(NavigableMap<Long, Deque<Order>> side, int levels) {
    int cancelled = 0;
    while (side.size() > levels) {
      cancelled += side.pollLastEntry().getValue().size();
    }
    resting -= cancelled;
    return cancelled;
  }

  public Optional<Long> bestBid() {
    return bids.isEmpty() ? Optional.empty() : Optional.of(bids.firstKey());
  }

  public Optional<Long> bestAsk() {
    return asks.isEmpty() ? Optional.empty() : Optional.of(asks.firstKey());
  }

  /// How many orders rest.
  public long resting() {
    return resting;
  }
}
