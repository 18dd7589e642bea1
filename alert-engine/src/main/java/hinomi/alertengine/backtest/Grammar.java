package hinomi.alertengine.backtest;

import hinomi.alertengine.Comparands;
import hinomi.alertengine.SampleCounts;

/// What the query language tells of an expression without asking it.
public record Grammar(Readings readings, Comparands comparands, SampleCounts sampleCounts) {}
