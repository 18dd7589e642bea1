package hinomi.console.render;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.BadInput;
import hinomi.model.Language;
import hinomi.pages.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private final Words en = Words.of(Paper.class, Language.EN);

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(Words.all(Paper.class)).containsOnlyKeys(Language.JA, Language.EN);
  }

  @Test
  void anArgumentIsNeverTakenForASentence() {
    assertThat(en.say("event.told", "{1}", "{0}")).isEqualTo("To {1}: {0}");
  }

  @Test
  void everyWordThatATemplateNamesExists() throws IOException {
    for (String template :
        List.of(
            "layout",
            "parts",
            "overview",
            "alerts",
            "alert",
            "silences",
            "silence",
            "rules",
            "why",
            "incidents",
            "incident",
            "postmortem",
            "publish",
            "logs",
            "explore",
            "failure")) {
      try (InputStream in = Paper.class.getResourceAsStream(template + ".html")) {
        assertThat(in).as(template).isNotNull();
        Matcher named =
            Pattern.compile("#\\{([a-z0-9.-]+)[({}]")
                .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        while (named.find()) {
          assertThat(en.keys()).as(template).contains(named.group(1));
        }
      }
    }
  }

  @Test
  void aMistakeIsMarkedInItsOwnLine() {
    assertThat(MarkedText.of("sum(\n  up ~ 1\n)", 10))
        .contains(new MarkedText("sum(\n", "  up ", "~", " 1", "\n)"));
    assertThat(MarkedText.of("都 𠮷 x", 2)).contains(new MarkedText("", "都 ", "𠮷", " x", ""));
    assertThat(MarkedText.of("up(", 3)).contains(new MarkedText("", "up(", " ", "", ""));
    assertThat(MarkedText.of("a\nb", 1)).contains(new MarkedText("", "a", " ", "", "\nb"));
    assertThat(MarkedText.of("", 0)).contains(new MarkedText("", "", " ", "", ""));
    assertThat(MarkedText.of("up", BadInput.NOWHERE)).isEmpty();
    assertThat(MarkedText.of("up", 9)).isEmpty();
  }
}
