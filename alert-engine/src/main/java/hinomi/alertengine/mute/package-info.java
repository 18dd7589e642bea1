/// What keeps an alert from being told though it fires: recurring times of the clock
/// ([TimeInterval]) and other alerts that say more ([InhibitRule]).
@NullMarked
package hinomi.alertengine.mute;

import org.jspecify.annotations.NullMarked;
