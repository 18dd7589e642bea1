/// What a change of rules would have done: the engine itself runs twice in a time that is moved by
/// hand — once with the rules before, once with those after — over the samples that are stored.
/// [Backtest] moves both; a [Replay] is one of them; what it asks comes from a [Foresight] that
/// asks in blocks; what its rules write is put over the stored samples by [OwnSeries]; what came of
/// it is a [Course], and two of them make a [Report].
@NullMarked
package hinomi.alertengine.backtest;

import org.jspecify.annotations.NullMarked;
