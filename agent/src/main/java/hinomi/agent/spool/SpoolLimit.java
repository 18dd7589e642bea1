package hinomi.agent.spool;

/// How much may wait, and what happens then.
///
/// @param maxBytes all files together
public record SpoolLimit(long maxBytes, WhenFull whenFull) {}
