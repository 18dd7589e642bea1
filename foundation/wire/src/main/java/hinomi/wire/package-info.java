/// Bytes ⇄ model: the formats that senders speak, as pure functions without state, threads or
/// clock. A request's path: [Encodings] takes the compression off under limits, then the format's
/// decoder ([RemoteWrite], [OtlpMetrics], [OtlpLogs], [LokiPush], [Exposition]) makes records of
/// [hinomi.model]. Whatever bytes come in, what goes wrong is a `Failure`: `BadInput` with the
/// offset, `OverLimit` of size, or `Unsupported`. Parts of a message that are bad by themselves
/// (one series, one line) are left out and named among the refusals; the good rest is decoded.
@NullMarked
package hinomi.wire;

import org.jspecify.annotations.NullMarked;
