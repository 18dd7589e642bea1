package hinomi.console;

import java.time.Instant;

/// A host that is or was watched.
///
/// @param name its `instance` label
/// @param lastSample when it was heard of last
public record Host(String name, Instant lastSample) {}
