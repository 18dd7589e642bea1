package hinomi.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as people write them: `512`, `64KiB`, `10GB`. KB is 1,000 and KiB 1,024.
final class Bytes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15}) ?([KMGT]i?)?B?");
  private static final Map<Character, Integer> POWER = Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4);

  private Bytes() {}

  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a size like 64MiB, got \"" + text + "\"");
    }
    long value = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit != null) {
      int power = POWER.getOrDefault(unit.charAt(0), 0);
      for (int i = 0; i < power; i++) {
        value = Math.multiplyExact(value, unit.endsWith("i") ? 1024 : 1000);
      }
    }
    return value;
  }
}
