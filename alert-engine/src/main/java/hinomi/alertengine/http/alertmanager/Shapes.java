package hinomi.alertengine.http.alertmanager;

import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.standing.StandingAlert;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The contract's definitions, as maps for JSON.
final class Shapes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Shapes() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  /// Prometheus' fingerprint of a label set (common/model, `LabelsToSignature`): FNV-1a over names
  /// and values in UTF-8, each with 0xFF behind it.
  static String fingerprint(Labels labels) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      hash = mixed(mixed(hash, labels.name(i)), labels.value(i));
    }
    return "%016x".formatted(hash);
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      mixed = (mixed ^ (b & 0xFF)) * 0x100000001b3L;
    }
    return (mixed ^ 0xFF) * 0x100000001b3L;
  }

  static Map<String, Object> silence(Silence silence, Instant now) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", silence.id());
    shape.put("status", Map.of("state", silence.state(now).name().toLowerCase(Locale.ROOT)));
    shape.put("updatedAt", time(silence.updatedAt()));
    shape.put("annotations", silence.annotations());
    shape.put("comment", silence.comment());
    shape.put("createdBy", silence.createdBy());
    shape.put("endsAt", time(silence.endsAt()));
    shape.put("matchers", silence.matchers().stream().map(Shapes::matcher).toList());
    shape.put("startsAt", time(silence.startsAt()));
    return shape;
  }

  private static Map<String, Object> matcher(Matcher matcher) {
    Matcher.Kind kind = matcher.kind();
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("isEqual", kind == Matcher.Kind.EQUAL || kind == Matcher.Kind.REGEX);
    shape.put("isRegex", kind == Matcher.Kind.REGEX || kind == Matcher.Kind.NOT_REGEX);
    shape.put("name", matcher.name());
    shape.put("value", matcher.value());
    return shape;
  }

  static Map<String, Object> alert(StandingAlert alert, Status status, List<String> receivers) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("annotations", alert.annotations());
    shape.put("endsAt", time(alert.endsAt()));
    shape.put("fingerprint", fingerprint(alert.labels()));
    shape.put("receivers", receivers.stream().map(name -> Map.of("name", name)).toList());
    shape.put("startsAt", time(alert.startsAt()));
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("inhibitedBy", status.inhibitedBy());
    said.put("mutedBy", status.mutedBy());
    said.put("silencedBy", status.silencedBy());
    said.put("state", status.isSuppressed() ? "suppressed" : "active");
    shape.put("status", said);
    shape.put("updatedAt", time(alert.updatedAt()));
    if (!alert.generatorUrl().isEmpty()) {
      shape.put("generatorURL", alert.generatorUrl());
    }
    shape.put("labels", alert.labels().toMap());
    return shape;
  }

  /// What keeps an alert from being told.
  ///
  /// @param silencedBy ids of silences
  /// @param inhibitedBy fingerprints of alerts
  /// @param mutedBy names of times of day and of planned work
  /// @param planned whether planned work is among them
  record Status(
      List<String> silencedBy, List<String> inhibitedBy, List<String> mutedBy, boolean planned) {
    Status {
      silencedBy = List.copyOf(silencedBy);
      inhibitedBy = List.copyOf(inhibitedBy);
      mutedBy = List.copyOf(mutedBy);
    }

    /// Times of day mute a route, not the alert.
    boolean isSuppressed() {
      return planned || !silencedBy.isEmpty() || !inhibitedBy.isEmpty();
    }
  }
}
