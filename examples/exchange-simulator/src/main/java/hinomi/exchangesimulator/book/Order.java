package hinomi.exchangesimulator.book;

/// An order as the book takes it.
///
/// @param id unique, rising
/// @param side buy or sell
/// @param price in ticks of 1 yen; the worst price that is accepted
/// @param quantity in units of 0.001 BTC, over 0
/// @param rests whether what does not match at once stays in the book; otherwise it is cancelled
public record Order(long id, Side side, long price, long quantity, boolean rests) {
  /// Which way.
  public enum Side {
    BUY,
    SELL
  }

  public Order {
    if (price <= 0 || quantity <= 0) {
      throw new IllegalArgumentException("price and quantity must be over 0");
    }
  }

  Order less(long filled) {
    return new Order(id, side, price, quantity - filled, rests);
  }
}
