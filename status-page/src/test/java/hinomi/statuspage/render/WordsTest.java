package hinomi.statuspage.render;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Condition;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Language;
import hinomi.pages.Words;
import hinomi.statuspage.snapshot.Overall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private final Words ja = Words.of(Press.class, Language.JA);
  private final Words en = Words.of(Press.class, Language.EN);

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(Words.all(Press.class)).containsOnlyKeys(Language.JA, Language.EN);
    for (String key : ja.keys()) {
      assertThat(ja.say(key)).as(key).isNotBlank();
      assertThat(en.say(key)).as(key).isNotBlank();
    }
  }

  @Test
  void everyConstantHasItsWord() {
    for (Condition condition : Condition.values()) {
      assertThat(ja.say(Keys.of("condition", condition))).isNotBlank();
      assertThat(ja.say(Keys.of("badge", condition))).isNotBlank();
    }
    for (Overall overall : Overall.values()) {
      assertThat(ja.say(Keys.of("overall", overall))).isNotBlank();
      assertThat(ja.say(Keys.of("note", overall))).isNotBlank();
    }
    for (Stage stage : Stage.values()) {
      assertThat(ja.say(Keys.of("stage", stage))).isNotBlank();
    }
    for (Impact impact : Impact.values()) {
      assertThat(ja.say(Keys.of("impact", impact))).isNotBlank();
    }
  }

  @Test
  void templatesUseOnlyKeysThatExistAndNoWordsOfTheirOwn() throws IOException {
    Path folder = Path.of("src/main/resources/hinomi/statuspage/render");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        String template = Files.readString(file);
        Matcher keys = Pattern.compile("#\\{([a-z0-9.-]+)").matcher(template);
        while (keys.find()) {
          assertThat(ja.keys()).as(file.toString()).contains(keys.group(1));
        }
        assertThat(template).as(file.toString()).doesNotContainPattern("[\\u3040-\\u9fff]");
      }
    }
  }
}
