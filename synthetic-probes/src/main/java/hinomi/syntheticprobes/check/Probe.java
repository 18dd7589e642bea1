package hinomi.syntheticprobes.check;

import java.time.Duration;

/// One probe of the configuration.
///
/// @param id unique; the label `probe`
/// @param component id of the component that it speaks about, or the empty string
/// @param timeout after which a run has failed; shorter than `every`
/// @param failuresBeforeDown how many runs in a row must fail before the component counts as down;
///   for who judges components, a result tells of its own run alone
public record Probe(
    String id,
    String component,
    Duration every,
    Duration timeout,
    int failuresBeforeDown,
    Check check) {}
