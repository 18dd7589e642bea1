package hinomi.logindexer.logql;

import hinomi.model.Labels;
import java.util.List;
import java.util.Locale;

/// Loki's `detected_level`, which Grafana's log volume colours bars by: from the label or metadata
/// that names a level, in one spelling.
final class Levels {
  static final String LABEL = "detected_level";
  private static final List<String> NAMES =
      List.of("level", "severity", "severity_text", "SeverityText", "lvl", "log_level");

  private Levels() {}

  static String detect(Labels stream, Labels metadata) {
    for (String name : NAMES) {
      String value = metadata.has(name) ? metadata.get(name) : stream.get(name);
      if (!value.isEmpty()) {
        return spelled(value.toLowerCase(Locale.ROOT));
      }
    }
    return "unknown";
  }

  private static String spelled(String level) {
    return switch (level) {
      case "trace", "trc" -> "trace";
      case "debug", "dbg" -> "debug";
      case "info", "inf", "information", "informational", "notice" -> "info";
      case "warn", "wrn", "warning" -> "warn";
      case "error", "err", "eror" -> "error";
      case "critical", "crit", "alert", "emerg" -> "critical";
      case "fatal" -> "fatal";
      default -> "unknown";
    };
  }
}
