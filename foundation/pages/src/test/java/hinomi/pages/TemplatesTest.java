package hinomi.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Language;
import hinomi.pages.sample.Home;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplatesTest {
  private final Templates templates = new Templates(Home.class, Words.all(Home.class));

  @Test
  void aTemplateSaysThePartsWordsInTheLanguageAskedForAndEscapesThem() {
    Map<String, Object> who = Map.of("who", "<db1>");
    assertThat(templates.render("page", Language.EN, who))
        .isEqualTo("<p>To ops from &lt;db1&gt;</p>\n");
    assertThat(templates.render("page", Language.JA, who)).isEqualTo("<p>&lt;db1&gt;からopsへ</p>\n");
  }

  @Test
  void aKeyWithoutWordsStopsTheRendering() {
    assertThatThrownBy(() -> templates.render("wrong", Language.EN, Map.of()))
        .hasStackTraceContaining("BUG: no words for no.such.key in en");
  }
}
