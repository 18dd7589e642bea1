package hinomi.statuspage.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {
  private final Markdown markdown = new Markdown();

  @Test
  void commonMarkAndTablesAreRendered() {
    assertThat(markdown.html("| a | b |\n|---|--:|\n| **1** | `2` |"))
        .contains("<th>a</th>", "<strong>1</strong>", "<code>2</code>");
    assertThat(markdown.html("[x](https://a.example/?a=1&b=2)"))
        .contains("href=\"https://a.example/?a&#61;1&amp;b&#61;2\"", "noopener");
  }

  @Test
  void headingsBeginAtTheThirdLevelWithoutGaps() {
    assertThat(markdown.html("## a\n\n#### b\n\n## c"))
        .contains("<h3>a</h3>", "<h4>b</h4>", "<h3>c</h3>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](javascri%0Apt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "![x](https://tracker.example/p.gif \"onerror=alert(1)\")",
        "<javascript:alert(1)>",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "<script>alert(1)</script>",
        "<iframe src=\"https://x\"></iframe>",
        "<object data=x></object>",
        "<svg><style>*{}</style><script>alert(1)</script></svg>",
        "<math><mtext></mtext></math>",
        "<base href=\"https://x\">",
        "<meta http-equiv=refresh content=0>",
        "<form action=x><input></form>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<template><img src=x onerror=alert(1)></template>",
        "<!-- x --><![CDATA[ <b> ]]><?php x ?>",
        "```\"><script>alert(1)</script>\nx\n```",
        "# __proto__\n# location",
        "a <img src=x onerror=alert(1)> b",
        "[x](//evil.example)",
      })
  void noMarkdownBecomesCode(String hostile) {
    String html = markdown.html(hostile).toLowerCase(Locale.ROOT);
    assertThat(html)
        .doesNotContain(
            "<script", "<iframe", "<object", "<svg", "<style", "<base", "<meta", "<form")
        .doesNotContain("<img", "<xmp", "<template", "<math", "<!--", "<input", " id=", " class=")
        .doesNotContainPattern("href=\"(?!https?://|mailto:|/)")
        .doesNotContainPattern("<[^>]*\\son[a-z]+=");
  }

  @Test
  void whatIsTooLongIsShownAsWrittenAndCutOff() {
    String html = markdown.html("<b>".repeat(Markdown.MAX_SHOWN));
    assertThat(html).startsWith("<pre>&lt;b&gt;").endsWith("…</pre>");
  }

  @Test
  void hostileInputTakesNoLongerThanTheLimit() {
    int n = Markdown.MAX_RENDERED;
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("quotes", ">".repeat(n));
    inputs.put("lists", "- ".repeat(n / 2));
    inputs.put("brackets", "[".repeat(n));
    inputs.put("bracket pairs", "[a](".repeat(n / 4));
    inputs.put("stars", "*a ".repeat(n / 3));
    inputs.put("many stars", "*".repeat(n));
    inputs.put("mixed emphasis", "*a_ ".repeat(n / 4));
    inputs.put("backticks", backticks());
    inputs.put("angle brackets", "<".repeat(n));
    inputs.put("html comments", "<!--".repeat(n / 4));
    inputs.put("entities", "&#x41".repeat(n / 5));
    inputs.put("link references", references());
    inputs.put("wide table", "|a".repeat(10_000) + "|\n" + "|-".repeat(10_000) + "|\n");
    inputs.put("long table", "|a|b|\n|-|-|\n" + "|x\n".repeat(n / 3));
    inputs.put(
        "multiplied table",
        "|a".repeat(1_000) + "|\n" + "|-".repeat(1_000) + "|\n" + "|x\n".repeat(n / 6));
    inputs.put("paragraph", "word ".repeat(n / 5));
    inputs.put("code", "```\n" + "x".repeat(n));
    inputs.put("images", "![".repeat(n / 2));
    // The processor's time, not the clock's: a busy machine must not fail this.
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    inputs.forEach((name, input) -> {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 4 && best > 100_000_000; i++) {
        long start = thread.getCurrentThreadCpuTime();
        assertThat(markdown.html(input)).isNotNull();
        best = Math.min(best, thread.getCurrentThreadCpuTime() - start);
      }
      assertThat(best / 1_000_000).as(name + ": milliseconds").isLessThan(100);
    });
  }

  private static String backticks() {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < 400; i++) {
      out.append("e").append("`".repeat(i));
    }
    return out.toString();
  }

  private static String references() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      out.append("[a").append(i).append("]: /x").append(i).append("\n\n[a").append(i).append("]\n");
    }
    return out.toString();
  }

  @Test
  void parserIsSharedWithoutHarm() {
    assertThat(List.of(markdown.html("*a*"), markdown.html("*a*")))
        .containsOnly("<p><em>a</em></p>\n");
  }
}
