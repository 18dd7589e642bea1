package hinomi.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Language;
import hinomi.pages.half.HalfHome;
import hinomi.pages.sample.Home;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private final Words en = Words.of(Home.class, Language.EN);

  @Test
  void aPartHasItsOwnWordsAndTheSharedUnits() {
    assertThat(Words.all(Home.class)).containsOnlyKeys(Language.JA, Language.EN);
    assertThat(en.keys()).contains("told", "unit.and");
    assertThat(en.has("told")).isTrue();
    assertThat(en.has("no.such.key")).isFalse();
  }

  @Test
  void argumentsGoToTheirPlacesInAnyOrder() {
    assertThat(en.say("told", "db1", 7)).isEqualTo("To 7 from db1");
  }

  @Test
  void anArgumentIsNeverTakenForASentence() {
    assertThat(en.say("told", "{1}", "{0}")).isEqualTo("To {0} from {1}");
  }

  @Test
  void aPlaceWithoutArgumentIsShown() {
    assertThat(en.say("told", "db1")).isEqualTo("To {1} from db1");
  }

  @Test
  void aMissingKeyIsABug() {
    assertThatThrownBy(() -> en.say("no.such.key"))
        .hasMessage("BUG: no words for no.such.key in en");
  }

  @Test
  void halfALanguageIsABug() {
    assertThatThrownBy(() -> Words.all(HalfHome.class)).hasMessage("BUG: ja and en differ in told");
    assertThatThrownBy(() -> Words.all(WordsTest.class))
        .hasMessage("BUG: no words_ja.properties beside hinomi.pages.WordsTest");
  }
}
