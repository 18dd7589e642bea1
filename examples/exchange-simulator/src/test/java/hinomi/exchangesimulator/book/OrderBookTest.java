package hinomi.exchangesimulator.book;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.exchangesimulator.book.Order.Side;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OrderBookTest {
  private final OrderBook book = new OrderBook();

  @Test
  void theBetterPriceMatchesFirstThenTheOlderOrder() {
    book.accept(new Order(1, Side.SELL, 101, 5, true));
    book.accept(new Order(2, Side.SELL, 100, 5, true));
    book.accept(new Order(3, Side.SELL, 100, 5, true));
    assertThat(book.accept(new Order(4, Side.BUY, 101, 12, true)))
        .containsExactly(
            new Execution(2, 4, 100, 5, Side.BUY),
            new Execution(3, 4, 100, 5, Side.BUY),
            new Execution(1, 4, 101, 2, Side.BUY));
    assertThat(book.bestAsk()).contains(101L);
    assertThat(book.resting()).isEqualTo(1);
  }

  @Test
  void whatDoesNotMatchRestsOrIsCancelled() {
    assertThat(book.accept(new Order(1, Side.BUY, 100, 5, false))).isEmpty();
    assertThat(book.bestBid()).isEmpty();
    book.accept(new Order(2, Side.BUY, 100, 5, true));
    assertThat(book.bestBid()).contains(100L);
  }

  @Test
  void noQuantityAppearsOrVanishesAndTheBookNeverCrosses() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      OrderBook law = new OrderBook();
      long brought = 0;
      long traded = 0;
      for (int id = 1; id <= 500; id++) {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        Order order = new Order(id, side, random.nextInt(90, 111), random.nextInt(1, 10), true);
        brought += order.quantity();
        traded += law.accept(order).stream().mapToLong(Execution::quantity).sum();
        if (law.bestBid().isPresent() && law.bestAsk().isPresent()) {
          assertThat(law.bestBid().get()).isLessThan(law.bestAsk().get());
        }
      }
      assertThat(2 * traded).isLessThanOrEqualTo(brought);
      assertThat(law.trim(0)).isGreaterThanOrEqualTo(0);
      assertThat(law.resting()).isZero();
    }
  }
}
