package hinomi.syntheticprobes.verdict;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.syntheticprobes.check.Check;
import hinomi.syntheticprobes.check.Observed;
import hinomi.syntheticprobes.check.Observed.Phase;
import hinomi.syntheticprobes.check.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The samples of one run, under blackbox_exporter's names. One thread.
final class ProbeSeries {
  private final Probe probe;
  private final Instant at;
  private final Observed observed;
  private final Labels origin;
  private final List<Sample> samples = new ArrayList<>();

  ProbeSeries(Probe probe, Instant at, Observed observed) {
    this.probe = probe;
    this.at = at;
    this.observed = observed;
    this.origin =
        Labels.of(
            "job",
            "probe",
            "instance",
            probe.check().target(),
            "probe",
            probe.id(),
            "component",
            probe.component());
  }

  List<Sample> samples(boolean success, boolean failedByRegex) {
    add("probe_success", success ? 1 : 0);
    add("probe_duration_seconds", seconds(observed.took()));
    add("probe_failed_due_to_regex", failedByRegex ? 1 : 0);
    if (observed.phases().containsKey(Phase.RESOLVE)) {
      add("probe_dns_lookup_time_seconds", phase(Phase.RESOLVE));
    }
    observed
        .address()
        .ifPresent(address -> add("probe_ip_protocol", address.contains(":") ? 6 : 4));
    observed
        .certificateEnd()
        .ifPresent(end -> add("probe_ssl_earliest_cert_expiry", (double) end.getEpochSecond()));
    observed
        .tlsVersion()
        .ifPresent(version -> add("probe_tls_version_info", 1, "version", version));
    if (probe.check() instanceof Check.Http) {
      http();
    }
    return List.copyOf(samples);
  }

  private void http() {
    for (Phase phase : Phase.values()) {
      add(
          "probe_http_duration_seconds",
          phase(phase),
          "phase",
          phase.name().toLowerCase(Locale.ROOT));
    }
    add("probe_http_ssl", observed.tlsVersion().isPresent() ? 1 : 0);
    // 0 where no answer came, as blackbox_exporter tells it.
    add("probe_http_status_code", observed.answer().map(Observed.Answer::status).orElse(0));
    observed
        .answer()
        .ifPresent(answer -> {
          add("probe_http_version", Double.parseDouble(answer.version()));
          add("probe_http_redirects", answer.redirects());
          add("probe_http_content_length", (double) answer.contentLength());
          add("probe_http_uncompressed_body_length", (double) answer.bodyBytes());
        });
  }

  private double phase(Phase phase) {
    return seconds(observed.phases().getOrDefault(phase, Duration.ZERO));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void add(String metric, double value, String... labels) {
    Labels.Builder series = Labels.builder().setAll(origin).set(Labels.NAME, metric);
    for (int i = 0; i < labels.length; i += 2) {
      series.set(labels[i], labels[i + 1]);
    }
    samples.add(new Sample(series.build(), at.toEpochMilli(), value));
  }
}
