package hinomi.syntheticprobes.verdict;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.ProbeResult;
import hinomi.syntheticprobes.check.Check;
import hinomi.syntheticprobes.check.Expected;
import hinomi.syntheticprobes.check.Observed;
import hinomi.syntheticprobes.check.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Observed → result. A run is a success when nothing went wrong on the way and every expectation
/// holds; the detail names all that do not, in one line. Pure.
public final class Verdict {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 80;

  private final Instant at;
  private final Observed observed;
  private final List<String> failures = new ArrayList<>();
  private boolean failedByRegex;

  private Verdict(Instant at, Observed observed) {
    this.at = at;
    this.observed = observed;
  }

  /// @param at when the run began
  /// @param before what the runs before have come to
  public static ProbeResult of(Probe probe, Instant at, Observed observed, Streak before) {
    Verdict verdict = new Verdict(at, observed);
    observed.trouble().ifPresent(verdict.failures::add);
    switch (probe.check()) {
      case Check.Http http -> verdict.http(http.expected());
      case Check.Tcp tcp -> verdict.tcp(tcp);
    }
    boolean success = verdict.failures.isEmpty();
    String detail = success ? verdict.praise(probe) : String.join("; ", verdict.failures);
    ProbeSeries series = new ProbeSeries(probe, at, observed);
    return new ProbeResult(
        probe.id(),
        probe.component(),
        at,
        observed.took(),
        success,
        before.next(success, probe.failuresBeforeDown()).verdict(),
        detail,
        probe.every(),
        series.samples(success, verdict.failedByRegex));
  }

  private String praise(Probe probe) {
    String what =
        observed
            .answer()
            .map(answer -> "HTTP " + answer.status())
            .orElseGet(() -> "connected to " + probe.check().target());
    return what + " in " + observed.took().toMillis() + " ms";
  }

  private void http(Expected expected) {
    // Without a whole answer there is nothing to compare; the trouble says why.
    if (observed.trouble().isEmpty()) {
      observed.answer().ifPresent(answer -> answer(expected, answer));
      expected.fasterThan().ifPresent(this::latency);
      certificate(expected.certificateValidFor());
    }
  }

  private void answer(Expected expected, Observed.Answer answer) {
    if (expected.status().stream().noneMatch(range -> range.contains(answer.status()))) {
      String wanted =
          expected.status().stream().map(Object::toString).collect(Collectors.joining(", "));
      failures.add("status " + answer.status() + ", expected " + wanted);
    }
    for (String text : expected.contains()) {
      if (!answer.body().contains(text)) {
        failures.add("body does not contain \"" + shown(text) + "\"");
      }
    }
    expected
        .matches()
        .ifPresent(pattern -> {
          if (!pattern.matcher(answer.body()).find()) {
            failedByRegex = true;
            failures.add("body does not match /" + shown(pattern.pattern()) + "/");
          }
        });
    expected
        .matchesNot()
        .ifPresent(pattern -> {
          if (pattern.matcher(answer.body()).find()) {
            failedByRegex = true;
            failures.add("body matches /" + shown(pattern.pattern()) + "/");
          }
        });
    if (!expected.json().isEmpty()) {
      json(expected.json(), answer.body());
    }
  }

  private void json(Map<JsonPointer, String> expected, String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      failures.add("body is not JSON: " + shown(e.getOriginalMessage()));
      return;
    }
    expected.forEach((pointer, wanted) -> {
      JsonNode node = root.at(pointer);
      if (node.isMissingNode()) {
        failures.add(pointer + " is missing, expected \"" + shown(wanted) + "\"");
        return;
      }
      String value = node.isValueNode() ? node.asText() : node.toString();
      if (!value.equals(wanted)) {
        failures.add(pointer + " is \"" + shown(value) + "\", expected \"" + shown(wanted) + "\"");
      }
    });
  }

  private void latency(Duration limit) {
    if (observed.took().compareTo(limit) >= 0) {
      failures.add(
          "took " + observed.took().toMillis() + " ms, expected under " + limit.toMillis() + " ms");
    }
  }

  private void tcp(Check.Tcp check) {
    check
        .expect()
        .ifPresent(pattern -> {
          if (!pattern.matcher(observed.received()).find()) {
            failedByRegex = true;
            failures.add(
                "received \""
                    + shown(observed.received())
                    + "\", expected /"
                    + shown(pattern.pattern())
                    + "/");
          }
        });
    if (observed.trouble().isEmpty()) {
      certificate(check.certificateValidFor());
    }
  }

  private void certificate(Optional<Duration> validFor) {
    if (validFor.isEmpty()) {
      return;
    }
    Optional<Instant> end = observed.certificateEnd();
    if (end.isEmpty()) {
      failures.add("no certificate: TLS was not spoken");
    } else if (end.get().isBefore(at.plus(validFor.get()))) {
      failures.add(
          "certificate ends "
              + end.get()
              + ", expected "
              + validFor.get().toDays()
              + " days from now or later");
    }
  }

  /// One short line, whatever came over the wire.
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
