package hinomi.settings;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the words that a value may be; each fails with an `IllegalArgumentException` that says
/// what was expected.
final class Words {
  private Words() {}

  static int number(String text, int min, int max) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number, got \"" + text + "\"", e);
    }
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected a number from " + min + " to " + max + ", got " + value);
    }
    return value;
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false, got \"" + text + "\"");
    };
  }

  static <E extends Enum<E>> E choice(String text, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw new IllegalArgumentException(
        "expected one of "
            + String.join(", ", names)
            + ", got \""
            + text
            + "\""
            + DidYouMean.hint(text, names));
  }

  static URI url(String text) {
    URI uri = URI.create(text);
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a URL like http://host:port/path, got \"" + text + "\"");
    }
    return uri;
  }

  static ZoneId zone(String text) {
    if (!text.equals("UTC") && !text.contains("/")) {
      throw new IllegalArgumentException(
          "expected UTC or a region like Asia/Tokyo, got \"" + text + "\"");
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "no time zone is called \""
              + text
              + "\""
              + DidYouMean.hint(text, ZoneId.getAvailableZoneIds()),
          e);
    }
  }
}
