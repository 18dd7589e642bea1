/// Brings what another system has kept: [PastSamples] reads its export piece by piece, [Backfill]
/// posts each piece to the server's path for samples of the past.
@NullMarked
package hinomi.agent.backfill;

import org.jspecify.annotations.NullMarked;
