package hinomi.promql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.BadInput;
import hinomi.promql.PromQl;
import hinomi.promql.conformance.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnatomyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "p99 > 0.5 ~ p99",
        "0.5 < p99 ~ p99",
        "sum by (job) (rate(errors[5m])) > 10 ~ sum by (job) (rate(errors[5m]))",
        "count(up == 0) > 2 ~ count(up)",
        "up == 0 unless on(instance) maintenance ~ up",
        "(age > 5 and on(market) open == 1) ~ (age)",
        "a > 1 or b < 2 ~ a or b",
        "a + b > on(job) c ~ (a + b) * on (job) (c)",
        "topk(3, sum by (job) (x)) > 5 ~ (sum by (job) (x))",
        "max_over_time((x > 5)[1h:1m]) > 7 ~ max_over_time(((x))[1h:1m])",
        "sum(age < bool 3) < 2 ~ sum(age < bool 3)",
        "time() - last_success > 900 ~ time() - last_success",
        "histogram_quantile(0.99, sum by (le) (rate(h_bucket[2m]))) > 0.05"
            + " ~ histogram_quantile(0.99, sum by (le) (rate(h_bucket[2m])))",
        "absent(up) ~ ''",
        "absent_over_time(up[5m]) or up == 0 ~ ''",
        "count_values(\"v\", build) > 1 ~ ''",
        "vector(1) ~ ''",
      })
  void an_expression_without_its_conditions_is_what_it_compares(String rule, String compared) {
    assertThat(PromQl.compared(rule)).isEqualTo(compared);
    if (!compared.isEmpty()) {
      PromQl.check(compared);
    }
  }

  @Test
  void samples_are_counted_within_the_range_of_their_selector() {
    Duration window = Duration.ofMinutes(2);
    assertThat(PromQl.sampleCounts("rate(a{x=\"y\"}[5m] offset 1w) / b > 1", window))
        .containsExactly("count_over_time(a{x=\"y\"}[5m] offset 1w)", "count_over_time(b[2m])");
    assertThat(PromQl.sampleCounts("max_over_time(rate(a[5m])[1h:1m]) > 1 and a > 2", window))
        .containsExactly("count_over_time(a[1h5m])", "count_over_time(a[2m])");
    assertThat(PromQl.sampleCounts("vector(1)", window)).isEmpty();
  }

  private static final Pattern EXPRESSION =
      Pattern.compile("^\\s*(?:- )?expr: '?([^|>'\"\\s].*?)'?$");

  /// Public rules, as far as their expression stands on one line.
  @Test
  void what_public_rules_compare_and_count_is_promql() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Corpora.folder("rules"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.ya?ml")).toList()) {
        for (String line : Files.readAllLines(file)) {
          Matcher expression = EXPRESSION.matcher(line);
          if (expression.matches() && isPromQl(expression.group(1))) {
            expressions.add(expression.group(1));
          }
        }
      }
    }
    int known = 0;
    for (String expression : expressions) {
      String compared = PromQl.compared(expression);
      known += compared.isEmpty() ? 0 : 1;
      if (!compared.isEmpty()) {
        PromQl.check(compared);
        assertThat(PromQl.compared(compared)).as("nothing is left to take away").isNotEmpty();
      }
      PromQl.sampleCounts(expression, Duration.ofMinutes(5)).forEach(PromQl::check);
    }
    assertThat(expressions).hasSizeGreaterThan(500);
    assertThat(known).as("of %s", expressions.size()).isGreaterThan(expressions.size() * 9 / 10);
  }

  private static boolean isPromQl(String text) {
    try {
      PromQl.check(text);
      return true;
    } catch (BadInput e) {
      return false;
    }
  }
}
