package hinomi.syntheticprobes.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP status codes from `low` to `high`.
public record StatusRange(int low, int high) {
  private static final Pattern FORM = Pattern.compile("([1-5])(\\d\\d|xx)(?:-([1-5]\\d\\d))?");

  /// Reads `200`, `2xx` or `200-299`.
  public static Optional<StatusRange> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int hundred = Integer.parseInt(matcher.group(1)) * 100;
    if (matcher.group(2).equals("xx")) {
      return matcher.group(3) == null
          ? Optional.of(new StatusRange(hundred, hundred + 99))
          : Optional.empty();
    }
    int low = hundred + Integer.parseInt(matcher.group(2));
    int high = matcher.group(3) == null ? low : Integer.parseInt(matcher.group(3));
    return low <= high ? Optional.of(new StatusRange(low, high)) : Optional.empty();
  }

  public boolean contains(int status) {
    return low <= status && status <= high;
  }

  @Override
  public String toString() {
    return low == high ? Integer.toString(low) : low + "-" + high;
  }
}
