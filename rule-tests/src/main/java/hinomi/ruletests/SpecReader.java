package hinomi.ruletests;

import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.BadInput;
import hinomi.promql.notation.SeriesLine;
import hinomi.settings.Durations;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `.spec` file: a command a line, indented lines belong to the command before them, `#`
/// begins a comment. Every mistake is noted with its line. One use.
final class SpecReader {
  private static final Pattern RULE =
      Pattern.compile("(\\w+): (.*?)(?: for (\\w+))?(?: keep (\\w+))?((?: \\w+=[\\w.-]+)*)");
  private static final Pattern ALERT =
      Pattern.compile("\\s*(\\w+)(\\{[^}]*\\})?\\s+(pending|firing)\\s*,?");

  private final Path file;
  private final Mistakes mistakes;
  private final Vocabulary vocabulary;
  private final List<RuleGroup> rules = new ArrayList<>();
  private final List<SeriesLine> series = new ArrayList<>();
  private final List<SpecFile.Check> checks = new ArrayList<>();
  private Duration every = Duration.ofMinutes(1);
  private Duration step = Duration.ofMinutes(1);
  private Instant start = Instant.EPOCH;

  SpecReader(Path file, Mistakes mistakes, Vocabulary vocabulary) {
    this.file = file;
    this.mistakes = mistakes;
    this.vocabulary = vocabulary;
  }

  /// A command with the lines that belong to it.
  ///
  /// @param line from 1
  private record Command(int line, String verb, String rest, List<String> block) {}

  SpecFile read(List<String> lines) {
    for (Command command : commands(lines)) {
      try {
        take(command);
      } catch (BadInput e) {
        mistake(command.line(), e.reason());
      }
    }
    return new SpecFile(rules, new RuleWorld.Contents(start, step, series), every, checks);
  }

  private List<Command> commands(List<String> lines) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#")) {
        continue;
      }
      if (!Character.isWhitespace(line.charAt(0))) {
        String[] words = bare.split("\\s+", 2);
        commands.add(
            new Command(i + 1, words[0], words.length > 1 ? words[1] : "", new ArrayList<>()));
      } else if (commands.isEmpty()) {
        mistake(i + 1, "an indented line belongs to the command before it, and there is none");
      } else {
        commands.getLast().block().add(bare);
      }
    }
    return commands;
  }

  private void mistake(int line, String text) {
    mistakes.add(new Mistake(file.toString(), line, 1, text));
  }

  private void take(Command command) {
    switch (command.verb()) {
      case "rules" -> ruleFiles(command);
      case "rule" -> rule(command);
      case "every" -> every = duration(command.rest());
      case "start" -> start = instant(command.rest());
      case "load" -> {
        step = duration(command.rest());
        command.block().forEach(line -> series.add(SeriesLine.parse(line)));
      }
      case "at" -> checks.add(states(command));
      case "eval" -> checks.add(query(command));
      default ->
          throw new BadInput(
              "expected rules, rule, every, start, load, at or eval, got \""
                  + command.verb()
                  + "\"");
    }
  }

  private void ruleFiles(Command command) {
    Path parent = file.getParent();
    for (String pattern : command.rest().split("\\s+")) {
      List<Path> found = Globs.find(parent == null ? Path.of("") : parent, pattern);
      if (found.isEmpty()) {
        throw new BadInput("no file is there: " + pattern);
      }
      found.forEach(each -> rules.addAll(AlertRules.readFile(each, mistakes, vocabulary).groups()));
    }
  }

  private void rule(Command command) {
    Matcher rule = RULE.matcher(command.rest());
    if (!rule.matches()) {
      throw new BadInput(
          "expected a rule like Slow: p99 > 0.5 for 5m, got \"" + command.rest() + "\"");
    }
    StringBuilder yaml = new StringBuilder("groups: [{name: line ").append(command.line());
    yaml.append(", rules: [{alert: ").append(rule.group(1));
    yaml.append(", expr: '").append(rule.group(2).replace("'", "''")).append('\'');
    yaml.append(rule.group(3) == null ? "" : ", for: " + rule.group(3));
    yaml.append(rule.group(4) == null ? "" : ", keep_firing_for: " + rule.group(4));
    yaml.append(", labels: {");
    yaml.append(rule.group(5).strip().replace("=", ": ").replace(" ", ", ").replace(":,", ":"));
    yaml.append("}}]}]\n");
    Mistakes own = new Mistakes();
    rules.addAll(AlertRules.parse("rule", yaml.toString(), own, vocabulary).groups());
    own.all().forEach(each -> mistake(command.line(), each.text()));
  }

  private static SpecFile.States states(Command command) {
    String[] words = command.rest().split("\\s+", 2);
    String text = (words.length > 1 ? words[1] : "") + " " + String.join(" ", command.block());
    List<SpecFile.ExpectedAlert> alerts = new ArrayList<>();
    if (!text.strip().equals("nothing")) {
      Matcher alert = ALERT.matcher(text);
      int end = 0;
      while (alert.lookingAt()) {
        String labels = alert.group(2);
        alerts.add(
            new SpecFile.ExpectedAlert(
                alert.group(1), labels == null ? "" : labels, alert.group(3)));
        end = alert.end();
        alert.region(end, text.length());
      }
      if (alerts.isEmpty() || !text.substring(end).isBlank()) {
        throw new BadInput(
            "expected nothing, or alerts like Slow{host=\"a\"} firing, got \""
                + text.substring(end).strip()
                + "\"");
      }
    }
    return new SpecFile.States(command.line(), duration(words[0]), alerts);
  }

  private static SpecFile.Query query(Command command) {
    String[] words = command.rest().split("\\s+", 2);
    if (words.length < 2) {
      throw new BadInput("expected a time and an expression");
    }
    List<Answered> answer = new ArrayList<>();
    for (String line : command.block()) {
      SeriesLine element = SeriesLine.parse(line);
      if (element.values().size() != 1 || element.values().getFirst().isEmpty()) {
        throw new BadInput("expected an element with one value, got \"" + line + "\"");
      }
      answer.add(new Answered(element.labels(), element.values().getFirst().orElseThrow()));
    }
    return new SpecFile.Query(command.line(), duration(words[0]), words[1], answer);
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () -> new BadInput("expected a duration like 30s or 1h30m, got \"" + text + "\""));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInput("expected a time like 2026-03-02T00:00:00Z, got \"" + text + "\"", e);
    }
  }
}
