package hinomi.collector;

/// Where what was taken goes.
///
/// @param samples as agents measure them, a little late at most
/// @param past samples that another system has kept, of any time that is still of use
public record CollectorPorts(SampleSink samples, SampleSink past, LogSink logs) {}
