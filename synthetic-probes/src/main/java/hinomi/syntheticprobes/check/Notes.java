package hinomi.syntheticprobes.check;

import hinomi.syntheticprobes.check.Observed.Phase;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a run writes down on its way, so that a run that fails half-way has told of the first half.
/// One thread.
final class Notes {
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private Optional<String> address = Optional.empty();
  private Optional<Instant> certificateEnd = Optional.empty();
  private Optional<String> tlsVersion = Optional.empty();
  private Optional<Observed.Answer> answer = Optional.empty();
  private String received = "";

  void took(Phase phase, Duration time) {
    phases.merge(phase, time, Duration::plus);
  }

  void address(InetAddress used) {
    address = Optional.of(used.getHostAddress());
  }

  /// The chain is only as long valid as its first certificate to end.
  void chain(X509Certificate[] chain) {
    for (X509Certificate certificate : chain) {
      Instant end = certificate.getNotAfter().toInstant();
      if (certificateEnd.isEmpty() || end.isBefore(certificateEnd.get())) {
        certificateEnd = Optional.of(end);
      }
    }
  }

  void tlsVersion(String version) {
    tlsVersion = Optional.of(version);
  }

  void answer(Observed.Answer given) {
    answer = Optional.of(given);
  }

  void received(String text) {
    received = text;
  }

  Observed observed(Duration took, Optional<String> trouble) {
    return new Observed(
        took, phases, address, trouble, certificateEnd, tlsVersion, answer, received);
  }
}
