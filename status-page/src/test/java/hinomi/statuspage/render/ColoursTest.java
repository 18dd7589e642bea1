package hinomi.statuspage.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Contrast of every pair in use, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11).
final class ColoursTest {
  private static final List<String> TEXT =
      List.of(
          "ink paper",
          "ink card",
          "ink up-wash",
          "ink down-wash",
          "ink unknown-wash",
          "soft paper",
          "soft card",
          "soft up-wash",
          "soft down-wash",
          "soft unknown-wash",
          "link paper",
          "link card",
          "up card",
          "up paper",
          "down card",
          "down paper",
          "unknown card",
          "unknown paper",
          "top-ink top");
  private static final List<String> SIGNS =
      List.of(
          "bar-up card",
          "bar-up paper",
          "bar-none card",
          "bar-none paper",
          "down card",
          "up up-wash",
          "down down-wash",
          "unknown unknown-wash",
          "on up",
          "on down");

  @Test
  void everyPairHasEnoughContrast() throws IOException {
    String css;
    try (var in = Objects.requireNonNull(Assets.class.getResourceAsStream("status.css"))) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int dark = css.indexOf("prefers-color-scheme:dark");
    for (Map<String, String> scheme :
        List.of(colours(css.substring(0, dark)), colours(css.substring(dark)))) {
      TEXT.forEach(pair -> assertThat(contrast(scheme, pair)).as(pair).isGreaterThanOrEqualTo(4.5));
      SIGNS.forEach(pair -> assertThat(contrast(scheme, pair)).as(pair).isGreaterThanOrEqualTo(3));
    }
  }

  private static Map<String, String> colours(String css) {
    Map<String, String> colours = new HashMap<>();
    Matcher matcher = Pattern.compile("--([a-z-]+):#([0-9a-f]{6})").matcher(css);
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static double contrast(Map<String, String> scheme, String pair) {
    String[] names = pair.split(" ");
    double a = luminance(Objects.requireNonNull(scheme.get(names[0]), pair));
    double b = luminance(Objects.requireNonNull(scheme.get(names[1]), pair));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
