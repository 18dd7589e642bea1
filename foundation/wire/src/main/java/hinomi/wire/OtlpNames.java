package hinomi.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Prometheus' names for OTLP's: the default strategy `UnderscoreEscapingWithSuffixes` (OTel
/// specification, compatibility/prometheus_and_openmetrics.md).
final class OtlpNames {
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));
  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private OtlpNames() {}

  /// What decides about suffixes.
  enum Kind {
    GAUGE,
    COUNTER,
    OTHER
  }

  /// A metric's name; empty when nothing legal is left of it.
  static Optional<String> metric(String name, String unit, Kind kind) {
    List<String> tokens = new ArrayList<>(tokens(name));
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    addUnit(tokens, unit);
    if (kind == Kind.COUNTER) {
      tokens.removeIf("total"::equals);
      tokens.add("total");
    }
    if (kind == Kind.GAUGE && unit.equals("1")) {
      tokens.removeIf("ratio"::equals);
      tokens.add("ratio");
    }
    String joined = String.join("_", tokens);
    return Optional.of(Character.isDigit(joined.charAt(0)) ? "_" + joined : joined);
  }

  /// A unit in words, as it stands in metric names: `bytes_per_second`.
  static String unit(String unit) {
    List<String> tokens = new ArrayList<>();
    addUnit(tokens, unit);
    return String.join("_", tokens);
  }

  private static List<String> tokens(String name) {
    return Arrays.stream(name.split("[^A-Za-z0-9:]+")).filter(token -> !token.isEmpty()).toList();
  }

  private static void addUnit(List<String> tokens, String unit) {
    String[] parts = unit.split("/", 2);
    String main = parts[0].strip();
    if (!braced(main)) {
      addToken(tokens, cleaned(UNITS.getOrDefault(main, main)));
    }
    String per = parts.length == 2 ? parts[1].strip() : "";
    String perWord = braced(per) ? "" : cleaned(PER.getOrDefault(per, per));
    if (!perWord.isEmpty()) {
      addToken(tokens, "per_" + perWord);
    }
  }

  private static boolean braced(String unit) {
    return unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
  }

  private static void addToken(List<String> tokens, String token) {
    if (!token.isEmpty() && !tokens.contains(token)) {
      tokens.add(token);
    }
  }

  private static String cleaned(String unit) {
    String safe = unit.replaceAll("[^A-Za-z0-9:]+", "_").replaceAll("_+", "_");
    return safe.startsWith("_") ? safe.substring(1) : safe;
  }

  /// A label's name; empty when nothing legal is left of it.
  static Optional<String> label(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_]", "_").replaceAll("__+", "_");
    if (safe.isEmpty() || safe.equals("_")) {
      return Optional.empty();
    }
    return Optional.of(Character.isDigit(safe.charAt(0)) ? "key_" + safe : safe);
  }

  /// Attributes as labels. Two that get the same name have their values joined with `;`, in the
  /// order of the original names. A name of which nothing is left is dropped.
  static Map<String, String> labels(Map<String, String> attributes) {
    Map<String, String> labels = new TreeMap<>();
    new TreeMap<>(attributes)
        .forEach((key, value) ->
            label(key).ifPresent(name -> labels.merge(name, value, (a, b) -> a + ";" + b)));
    return labels;
  }
}
