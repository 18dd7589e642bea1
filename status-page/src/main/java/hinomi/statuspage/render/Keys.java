package hinomi.statuspage.render;

import java.util.Locale;

/// How constants are written in keys of words, in class names and in documents for programs.
final class Keys {
  private Keys() {}

  /// The key of a constant: `PARTLY_DOWN` under `overall` is `overall.partly-down`.
  static String of(String topic, Enum<?> constant) {
    return topic + "." + word(constant);
  }

  /// A constant as it is written in keys and class names.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
