package hinomi.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How far this host's clock is off, as chrony or ntpd says: `node_timex_offset_seconds` (positive:
/// the local clock is slow) and `node_timex_sync_status`. Where neither answers there is no series:
/// nobody knows.
final class ClockReading implements Reading {
  private static final long TIMEOUT_SECONDS = 2;
  private static final List<String> CHRONY = List.of("chronyc", "-n", "-c", "tracking");
  private static final List<String> NTPD = List.of("ntpq", "-c", "rv 0 leap,stratum,offset");

  @Override
  public void read(Measures into) throws IOException {
    Optional<ClockAnswer> answer = run(CHRONY).flatMap(ClockAnswer::ofChrony);
    if (answer.isEmpty()) {
      answer = run(NTPD).flatMap(ClockAnswer::ofNtpd);
    }
    answer.ifPresent(clock -> {
      into.add("node_timex_sync_status", clock.synchronised() ? 1 : 0);
      into.add("node_timex_offset_seconds", clock.offsetSeconds());
    });
  }

  private static Optional<String> run(List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException _) {
      // Not installed.
      return Optional.empty();
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      // Both print a few hundred bytes: they fit into the pipe, so waiting first cannot hang.
      return Optional.of(
          new String(process.getInputStream().readNBytes(16_384), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the clock", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
