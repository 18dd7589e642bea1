/// Brings what waits in a spool to the server: [hinomi.agent.ship.Shipper] takes batch after batch,
/// [hinomi.agent.ship.Courier] posts it, [hinomi.agent.ship.Answer] judges what came back,
/// [hinomi.agent.ship.Backoff] says how long to wait before the next try.
@NullMarked
package hinomi.agent.ship;

import org.jspecify.annotations.NullMarked;
