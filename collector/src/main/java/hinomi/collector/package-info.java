/// Where everything that is measured comes in. The path of a request: `http` takes the compression
/// off and decodes it ([hinomi.wire]), `accumulate` adds up what came as differences, `admit` holds
/// log lines against the limits, and [Collector] hands what is left to the store behind
/// [SampleSink] or [LogSink] and counts each item: received = stored + Σ dropped by reason. Values
/// pushed in the Pushgateway's way take a detour through `push`, which keeps them alive between two
/// pushes.
@NullMarked
package hinomi.collector;

import org.jspecify.annotations.NullMarked;
