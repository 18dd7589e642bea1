package hinomi.promql;

import java.time.Duration;

/// What one query took.
///
/// @param waited for its turn
/// @param evaluated from then on
/// @param samplesRead by all selectors
/// @param peakSamples held in memory at once
public record QueryStats(Duration waited, Duration evaluated, long samplesRead, long peakSamples) {}
