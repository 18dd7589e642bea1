package hinomi.exchangesimulator.book;

/// A trade between a resting and an arriving order, at the resting order's price.
///
/// @param makerId the order that rested
/// @param takerId the order that arrived
/// @param price in ticks
/// @param quantity in units
/// @param takerSide which way the arriving order went
public record Execution(
    long makerId, long takerId, long price, long quantity, Order.Side takerSide) {}
