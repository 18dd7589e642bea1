import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the product is told to watch in [AlertCrashLoop]: one rule without `for` and one with.
final class AlertExam {
  private AlertExam() {}

  /// @param config the folder
  /// @param hook where messages go
  /// @param wait the `for` of what waits
  static void configure(Path config, String hook, Duration wait) throws IOException {
    Files.createDirectories(config.resolve("rules"));
    Files.writeString(
        config.resolve("hinomi.yaml"),
        """
        web: {port: 0}
        status: {port: 0}
        otlp: {http: {port: 0}}
        delivery: {webhook: {url: "%s"}}
        alerting: {group-by: [trial], group-interval: 0s}
        """
            .formatted(hook));
    Files.createDirectories(config.resolve("oncall"));
    Files.writeString(
        config.resolve("oncall/exam.yaml"), // nobody acknowledges most: the next step is far away
        """
        people: [{id: a, mail: a@exchange.example}]
        ladders: [{id: default, steps: [{notify: [{person: a}], wait: 12h}]}]
        """);
    Files.writeString(
        config.resolve("rules/exam.yaml"),
        """
        groups:
        - name: exam
          interval: 2s
          rules:
          - alert: Exam
            expr: exam_level > 0.5
            labels: {severity: page}
            hinomi: {trigger: push}
          - alert: Wait
            expr: exam_wait > 0.5
            for: %ds
            labels: {severity: page}
            hinomi: {trigger: push}
        """
            .formatted(wait.toSeconds()));
  }
}
