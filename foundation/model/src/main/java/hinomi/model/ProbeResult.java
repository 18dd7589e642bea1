package hinomi.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What one run of a synthetic probe found.
///
/// @param probe id, as in `config/probes/`
/// @param component id of the component that it speaks about, or the empty string
/// @param at when the run began
/// @param took how long it took
/// @param success whether every assertion held
/// @param verdict what that says of the component: down only after as many failures in a row as the
///   probe's configuration asks for; before that, what was said before
/// @param detail one line: what was found, or what failed and why
/// @param period how often the probe runs, for judging when its silence means something
/// @param samples `probe_success`, `probe_duration_seconds` and the rest of blackbox_exporter's
///   names that apply
public record ProbeResult(
    String probe,
    String component,
    Instant at,
    Duration took,
    boolean success,
    Condition verdict,
    String detail,
    Duration period,
    List<Sample> samples) {
  public ProbeResult {
    samples = List.copyOf(samples);
  }
}
