/// Silences: people say that some alerts are not to be told for a time.
/// [hinomi.alertengine.silence.SilenceBook] keeps them and answers whether one stands over an
/// alert; `SilenceRules` decides what a wish makes of them; `SilenceUpkeep` looks after those that
/// end, match nothing or are long over.
@NullMarked
package hinomi.alertengine.silence;

import org.jspecify.annotations.NullMarked;
