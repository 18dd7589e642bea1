package hinomi.agent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Specs;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `reply STATUS [retry-after=TEXT] [rejected=N] [written=N]` to a batch of 100; below it the
/// verdict.
final class AnswerTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  @TestFactory
  Stream<DynamicTest> answersAreJudged() {
    return Specs.of(
        "answer",
        () ->
            step -> {
              assertThat(step.verb()).isEqualTo("reply");
              assertThat(print(Answer.judge(reply(step.rest()), 100, NOW)))
                  .isEqualTo(step.block().getFirst());
            });
  }

  private static Answer.Reply reply(String text) {
    String[] words = text.split("\\s+", 2);
    Map<String, String> fields = new TreeMap<>();
    if (words.length > 1) {
      for (String field : words[1].split(";\\s*")) {
        fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
      }
    }
    return new Answer.Reply(
        Integer.parseInt(words[0]),
        Optional.ofNullable(fields.get("retry-after")),
        Long.parseLong(fields.getOrDefault("rejected", "0")),
        Optional.ofNullable(fields.get("written")).map(Long::valueOf),
        "");
  }

  private static String print(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> "done, refused " + done.refused();
      case Answer.Later later ->
          "later" + later.notBefore().map(wait -> ", not before " + wait).orElse("");
    };
  }
}
