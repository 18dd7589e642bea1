package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.testkit.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What people see of broken files: place, words, the line with a caret, what was probably meant.
/// `file NAME` is a file of the configuration, `tells` what is said of it, word for word; a bar at
/// the beginning of a line keeps its indentation.
final class BrokenConfigSpecTest {
  @TempDir private Path top;

  @TestFactory
  Stream<DynamicTest> broken() {
    return Specs.of("broken", Page::new);
  }

  private final class Page implements Specs.Meaning {
    private int number;
    private Site site = good();

    @Override
    public void run(Specs.Step step) {
      switch (step.verb()) {
        case "file" -> site = good().with(step.rest(), text(step.block()) + "\n");
        case "tells" -> assertThat(told()).isEqualTo(text(step.block()));
        default -> throw new IllegalArgumentException(step.verb());
      }
    }

    /// A configuration without mistakes, in a folder of its own.
    private Site good() {
      return new Site(top.resolve("site-" + System.identityHashCode(this) + "-" + number++))
          .with("hinomi.yaml", "web: {port: 0}\n")
          .with(
              "components/c.yaml",
              "components: [{id: order-entry, name: {ja: 注文受付, en: Order entry}}]\n")
          .with(
              "oncall/people.yaml",
              """
              people: [{id: sato, name: {ja: 佐藤, en: Sato}, mail: sato@example.jp}]
              ladders: [{id: default, steps: [{notify: [{person: sato}]}]}]
              """)
          .with(
              "calendars/c.yml",
              """
              calendars:
                - id: jp-equities
                  zone: Asia/Tokyo
                  otherwise: closed
                  week: [{phase: continuous, days: ["monday:friday"], from: "09:00", to: "15:30"}]
              """);
    }

    private String told() {
      Mistakes.Invalid invalid = catchThrowableOfType(Mistakes.Invalid.class, site::read);
      assertThat(invalid).as("mistakes").isNotNull();
      return invalid.mistakes().stream()
          .map(Mistake::shown)
          .map(text -> text.replace(site.config() + "/", ""))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String text(List<String> block) {
    return block.stream().map(line -> line.substring(1)).collect(Collectors.joining("\n"));
  }
}
