package hinomi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SectionTest {
  private final Mistakes mistakes = new Mistakes();

  @Test
  void everyMistakeIsReportedAtOnceWithItsPlace() {
    Section root =
        Yaml.parse(
            "h.yaml",
            """
            web:
              host: [a]
              port: 70000
              intervall: 5s
            interval: soon
            interval: 5s
            flag: maybe
            """,
            mistakes);
    Section web = root.section("web");
    web.text("host", "");
    web.port("port", 1);
    web.duration("interval", Duration.ZERO);
    root.duration("interval", Duration.ZERO);
    root.flag("flag", false);
    root.text("name");
    root.end();
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "h.yaml:1:1: name: is missing",
            "h.yaml:2:9: host: expected one value, got a list",
            "h.yaml:3:9: port: expected a number from 0 to 65535, got 70000",
            "h.yaml:4:3: intervall: unknown key, did you mean \"interval\"?",
            "h.yaml:6:1: interval: the key is given twice",
            "h.yaml:7:7: flag: expected true or false, got \"maybe\"");
  }

  @Test
  void aMistakeInsideATextPointsAtItsCharacter() {
    Section root =
        Yaml.parse(
            "r.yaml", "plain: sum(up\nquoted: 'sum(up'\nblock: |\n    a +\n    sum(up\n", mistakes);
    root.mistake("plain", 4, "x");
    root.mistake("quoted", 4, "x");
    root.mistake("block", 8, "x");
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly("r.yaml:1:12: plain: x", "r.yaml:2:14: quoted: x", "r.yaml:5:9: block: x");
  }

  @Test
  void aFoldedTextIsFollowedLineByLine() {
    Section root =
        Yaml.parse(
            "r.yaml", "folded: >-\n  sum(rate(x[5m]))\n  > up(\nplain: a +\n    b(", mistakes);
    // "sum(rate(x[5m])) > up(": the break is one character, whatever it becomes.
    root.mistake("folded", "sum(rate(x[5m])) > up".length(), "x");
    root.mistake("plain", "a + b".length(), "x");
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly("r.yaml:3:7: folded: x", "r.yaml:5:6: plain: x");
  }

  /// Every character of a text is found where it stands, however the text is written.
  @Test
  void eachCharacterOfATextIsFoundInItsFile() {
    List<String> files =
        List.of(
            "k: sum(aé) + b\n",
            "k: 'it''s q(\"x\")'\n",
            "k: \"a\\tb \\u3042 c\\\\d\"\n",
            "k: |\n  first\n    second\n\n  third\n",
            "k: |2-\n     first\n  second\n",
            "k: >-\n  one\n  two\n\n  three\n    more\n    indented\n  four\n",
            "k: plain over\n   lines\n\n   and paragraphs\n",
            "k: \"quoted over\n  lines\\\n  without a space\"\n",
            "k: >\r\n  windows\r\n  lines\r\n",
            "# " + "long ".repeat(2000) + "\nk: |\n  " + "x + ".repeat(1000) + "y\n");
    for (String file : files) {
      Section root = Yaml.parse("r.yaml", file, new Mistakes());
      String text = root.text("k").stripTrailing();
      String[] lines = file.split("\n", -1);
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > ' ' && text.charAt(i) < 0x7f && text.charAt(i) != '\\') {
          Mistake at = root.place("k", i, "here");
          assertThat(lines[at.line() - 1].charAt(at.column() - 1))
              .as(file.substring(0, Math.min(60, file.length())) + " at " + i)
              .isEqualTo(text.charAt(i));
        }
      }
    }
  }

  @Test
  void theLineIsShownWithACaretUnderThePlace() {
    Section root = Yaml.parse("r.yaml", "a: 1\nsummary: \"注文 {{ $x }}\"\n", mistakes);
    assertThat(root.place("summary", 6, "undefined variable").shown())
        .isEqualTo(
            """
            r.yaml:2:17: undefined variable
              summary: "注文 {{ $x }}"
                                ^\
            """);
  }

  @Test
  void aDurationInOtherWordsIsUnderstoodButNotTaken() {
    assertThat(Durations.complaint("5 minutes")).endsWith(", did you mean \"5m\"?");
    assertThat(Durations.complaint("1.5h")).endsWith(", did you mean \"1h30m\"?");
    assertThat(Durations.complaint("30")).endsWith(", did you mean \"30s\"?");
    assertThat(Durations.complaint("soon")).endsWith("got \"soon\"");
  }

  @Test
  void aFileThatDoesNotParseSaysWhere(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "a: b\n\tc: d\n");
    Yaml.read(file, mistakes);
    assertThat(mistakes.all()).singleElement().extracting(Mistake::line).isEqualTo(2);
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
    Mistakes others = new Mistakes();
    Yaml.read(file, others);
    assertThat(others.all().toString()).contains("not UTF-8");
  }

  @Test
  void theCommandLineWins(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "web:\n  port: 1\n  host: h\n");
    Section root =
        Yaml.read(file, mistakes, Map.of("web.port", "2", "status.expires-after", "30s"));
    assertThat(root.section("web").port("port", 0)).isEqualTo(2);
    assertThat(root.section("web").text("host")).isEqualTo("h");
    assertThat(root.section("status").duration("expires-after", Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(30));
    root.end();
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void aMistakeOfTheCommandLineIsNotLookedForInTheFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("h.yaml"), "web:\n  port: 1\n");
    Map<String, String> set = Map.of("web.port", "eighty", "wbe.port", "80");
    Section root = Yaml.read(file, mistakes, set);
    root.section("web").port("port", 1);
    root.end();
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "--set wbe.port:1:1: wbe: unknown key, did you mean \"web\"?",
            "--set web.port:1:1: port: expected a whole number, got \"eighty\"");
  }

  @Test
  void billionLaughsAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }
    Section root = Yaml.parse("b.yaml", text.toString(), mistakes);
    assertThat(root.keys().size()).isLessThanOrEqualTo(60);
  }

  @Test
  void durationsReadBackWhatTheyPrint() {
    for (String text : new String[] {"0s", "5s", "1h30m", "90d", "500ms", "1w", "2y", "1m1ms"}) {
      assertThat(Durations.print(Durations.parse(text).orElseThrow())).isEqualTo(text);
    }
    assertThat(Durations.parse("5")).isEmpty();
    assertThat(Durations.parse("1s1h")).isEmpty();
    assertThat(Durations.parse("")).isEmpty();
  }
}
