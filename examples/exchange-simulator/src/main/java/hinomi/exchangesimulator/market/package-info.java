/// What happened goes out: last price, best bid and offer, trades, over a WebSocket.
@NullMarked
package hinomi.exchangesimulator.market;

import org.jspecify.annotations.NullMarked;
