package hinomi.statuspage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Condition;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Language;
import hinomi.statuspage.snapshot.Overall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private final Words ja = new Words(Language.JA);
  private final Words en = new Words(Language.EN);

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(ja.keys()).isEqualTo(en.keys());
    for (String key : ja.keys()) {
      assertThat(ja.say(key)).as(key).isNotBlank();
      assertThat(en.say(key)).as(key).isNotBlank();
      assertThat(places(ja.say(key))).as(key).isEqualTo(places(en.say(key)));
    }
  }

  private static Set<String> places(String sentence) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{[0-9]\\}").matcher(sentence);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @Test
  void everyConstantHasItsWord() {
    for (Condition condition : Condition.values()) {
      assertThat(ja.say(Words.key("condition", condition))).isNotBlank();
      assertThat(ja.say(Words.key("badge", condition))).isNotBlank();
    }
    for (Overall overall : Overall.values()) {
      assertThat(ja.say(Words.key("overall", overall))).isNotBlank();
      assertThat(ja.say(Words.key("note", overall))).isNotBlank();
    }
    for (Stage stage : Stage.values()) {
      assertThat(ja.say(Words.key("stage", stage))).isNotBlank();
    }
    for (Impact impact : Impact.values()) {
      assertThat(ja.say(Words.key("impact", impact))).isNotBlank();
    }
  }

  @Test
  void aMissingKeyIsABug() {
    assertThatThrownBy(() -> ja.say("no.such.key"))
        .hasMessage("BUG: no words for no.such.key in ja");
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
