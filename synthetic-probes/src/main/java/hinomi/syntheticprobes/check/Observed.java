package hinomi.syntheticprobes.check;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What one run has observed. Pure data; [hinomi.syntheticprobes.verdict] judges it.
///
/// @param took the whole run
/// @param phases how long each phase took, redirects summed up
/// @param address the numeric address that was connected to
/// @param trouble why the run ended before its time: refused, timed out, not trusted
/// @param certificateEnd when the first certificate of the chain ends, if TLS was spoken
/// @param tlsVersion such as `TLSv1.3`
/// @param answer what HTTP answered
/// @param received what came over TCP, for the expectation of a TCP check
public record Observed(
    Duration took,
    Map<Phase, Duration> phases,
    Optional<String> address,
    Optional<String> trouble,
    Optional<Instant> certificateEnd,
    Optional<String> tlsVersion,
    Optional<Answer> answer,
    String received) {
  /// As blackbox_exporter divides a request.
  public enum Phase {
    RESOLVE,
    CONNECT,
    TLS,
    PROCESSING,
    TRANSFER
  }

  /// An HTTP answer.
  ///
  /// @param version such as `1.1`
  /// @param body decoded as UTF-8, at most [HttpExchange#MAX_BODY] bytes of it
  /// @param bodyBytes how long it was
  /// @param contentLength as the header says, or -1
  public record Answer(
      int status, String version, String body, long bodyBytes, long contentLength, int redirects) {}

  public Observed {
    phases = phases.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(phases));
  }
}
