package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.group.Gathered;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.Unjudgeable;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.settings.Durations;
import hinomi.testkit.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Meaning of the specs:
///
/// * `rule NAME: EXPR [for D] [keep D] [label=value]…` adds a rule; `interval D` sets its group's.
/// * `ladder D TARGET[,TARGET] | D TARGET … [repeat N]` writes the ladder `default`.
/// * `alertmanager` writes `alertmanager.yml`: each line a key with its value in YAML's flow style,
///   over several lines if need be.
/// * `maintenance NAME FROM TO MATCHER…` announces planned work, its times since the beginning.
/// * `depends A on B [C…]` says which components the component A needs.
/// * `config KEY: VALUE` a key of the section `alerting`.
/// * `load D` gives the answers to the expression, one a step: each line an element, its labels
///   first; a number is its value, `_` none, `_x6` six times none. `data` and `error` lines tell
///   with `-` when there is no data, or the query fails. The last column stays.
/// * `series D METRIC` gives a metric's series, one value a step, as [Figures] has it; expressions
///   without a `load` of their own are asked of them.
/// * `hinomi KEY: VALUE` a key of the last rule's map `hinomi`.
/// * `at D STATE…` states of all alerts, in rule order, or `nothing`; that of one that cannot be
///   judged has the reason behind it.
/// * `shows` lists them with their labels, but for `alertname`, and what is said of their state.
/// * `stored` lists the newest samples of the rules' own metrics, of now, by their labels.
/// * `late D METRIC` a sample of that age arrives.
/// * `told` lists what was decided since the last `told`: time (`*` for any), target, reason.
/// * `summary TARGET` what the newest summary to a target says: in all, then by cause.
/// * `ack-summary TARGET NAME` acknowledges by the newest summary to a target.
/// * `reload` takes up what was written since, while it runs.
/// * `ack NAME`, `stop`, `start`, `start-at D`, `without RULE [label=value]…`, `events …`,
///   `evidence …`.
/// * Others are those of [AlertmanagerWords].
final class AlertSpecTest {
  private static final Pattern RULE =
      Pattern.compile("(\\w+): (.*?)(?: for (\\w+))?(?: keep (\\w+))?((?: \\w+=[\\w-]+)*)");

  @TestFactory
  Stream<DynamicTest> the_engine_behaves_as_specified() {
    return Specs.of("specs", Story::new);
  }

  /// One file.
  private static final class Story implements Specs.Meaning {
    private final World world = new World();
    private final AlertmanagerWords words = new AlertmanagerWords(world);
    private final List<String[]> rules = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private String interval = "1m";
    private String expression = "";
    private int evidenceSeen;
    private boolean startedYet;

    @Override
    public void run(Specs.Step step) throws Exception {
      switch (step.verb()) {
        case "rule" -> rule(step.rest());
        case "interval" -> interval = step.rest();
        case "config" -> world.alerting += "\n" + step.rest();
        case "depends" -> depends(step.rest().split(" on "));
        case "ladder" -> ladder(step.rest());
        case "hinomi" -> rules.getLast()[5] += "\n      " + step.rest();
        case "series" -> series(step.rest().split(" "), step.block());
        case "late" -> late(step.rest().split(" "));
        case "shows" -> shows(step.block());
        case "stored" -> stored(step.block());
        case "alertmanager" -> alertmanager(step.block());
        case "maintenance" -> maintenance(step.rest().split("\\s+"));
        case "load" -> load(duration(step.rest()), step.block());
        case "at" -> at(step.rest());
        case "told" -> told(step.block());
        case "ack" -> ack(step.rest());
        case "summary" -> summary(step.rest(), step.block());
        case "ack-summary" -> ackSummary(step.rest().split(" "));
        case "stop" -> world.stop();
        case "reload" -> reload();
        case "start" -> started();
        case "start-at" -> startAt(duration(step.rest()));
        case "without" -> rules.removeIf(rule -> names(rule, step.rest()));
        case "events" -> events(step.rest());
        case "evidence" -> evidence(step.rest());
        default -> ofAlertmanager(step);
      }
    }

    private void ofAlertmanager(Specs.Step step) throws IOException {
      if (!startedYet) {
        started();
      }
      words.run(step);
    }

    private void depends(String[] words) {
      world.topology.put(words[0], List.of(words[1].split(" ")));
    }

    private void rule(String text) {
      Matcher matcher = RULE.matcher(text);
      if (!matcher.matches()) {
        throw new AssertionError("not a rule: " + text);
      }
      String[] rule = new String[6];
      rule[5] = "";
      for (int i = 0; i < 5; i++) {
        String group = matcher.group(i + 1);
        rule[i] = group == null ? "" : group.strip();
      }
      rules.add(rule);
      expression = rule[1];
    }

    private void started() throws IOException {
      startedYet = true;
      written();
      world.start();
    }

    private void written() throws IOException {
      if (rules.isEmpty()) {
        world.rules("groups: []");
        return;
      }
      StringBuilder yaml =
          new StringBuilder("groups:\n- name: g\n  interval: " + interval + "\n  rules:\n");
      for (String[] rule : rules) {
        yaml.append("  - alert: ").append(rule[0]);
        yaml.append("\n    expr: '").append(rule[1]).append("'\n");
        yaml.append(rule[2].isEmpty() ? "" : "    for: " + rule[2] + "\n");
        yaml.append(rule[3].isEmpty() ? "" : "    keep_firing_for: " + rule[3] + "\n");
        yaml.append("    labels: {").append(rule[4].replace("=", ": ").replace(" ", ", "));
        yaml.append("}\n");
        yaml.append(rule[5].isEmpty() ? "" : "    hinomi:" + rule[5] + "\n");
      }
      world.rules(yaml.toString().replace(":, ", ": "));
    }

    /// `Slow`, or `Slow severity=page` of several.
    private static boolean names(String[] rule, String text) {
      return rule[0].equals(text) || (rule[0] + " " + rule[4]).equals(text);
    }

    private void reload() throws IOException {
      written();
      world.reload();
    }

    private void startAt(Duration since) throws IOException {
      world.goTo(since);
      started();
    }

    private void alertmanager(List<String> lines) throws IOException {
      StringBuilder yaml = new StringBuilder();
      for (String line : lines) {
        yaml.append(line.matches("\\w+: .*") ? "" : "  ").append(line).append('\n');
      }
      Files.writeString(world.folder.resolve("alertmanager.yml"), yaml);
    }

    private void maintenance(String[] words) throws IOException {
      Path folder = Files.createDirectories(world.folder.resolve("maintenance"));
      List<String> matchers = List.of(words).subList(3, words.length);
      Files.writeString(
          folder.resolve(words[0] + ".yml"),
          "maintenance: [{name: %s, from: '%s', to: '%s', matchers: ['%s']}]"
              .formatted(
                  words[0],
                  world.begin.plus(duration(words[1])),
                  world.begin.plus(duration(words[2])),
                  String.join(",", matchers)));
    }

    private void ladder(String text) throws IOException {
      Matcher repeat = Pattern.compile("(.*?)(?: repeat (\\d+))?").matcher(text);
      assertThat(repeat.matches()).isTrue();
      StringBuilder yaml = new StringBuilder("people:\n");
      for (String person : List.of("sato", "suzuki", "tanaka")) {
        yaml.append(
            "  - {id: %s, name: %s, mail: %s@x.example}\n".formatted(person, person, person));
      }
      yaml.append("channels:\n  - {id: ops, webhook: {url: 'http://127.0.0.1:9/hook'}}\n");
      yaml.append("ladders:\n  - id: default\n    repeat: ");
      yaml.append(repeat.group(2) == null ? "0" : repeat.group(2)).append("\n    steps:\n");
      for (String rung : repeat.group(1).split("\\|")) {
        String[] words = rung.strip().split(" ");
        yaml.append("      - wait: ").append(words[0]).append("\n        notify: [");
        List<String> targets = new ArrayList<>();
        for (String target : words[1].split(",")) {
          targets.add(target.equals("ops") ? "{channel: ops}" : "{person: " + target + "}");
        }
        yaml.append(String.join(", ", targets)).append("]\n");
      }
      world.onCall(yaml.toString());
    }

    private void series(String[] words, List<String> lines) {
      world.figures().write(words[1], duration(words[0]), lines);
    }

    private void late(String[] words) {
      long newest = world.time.now().minus(duration(words[0])).toEpochMilli();
      world.engine().samplesArrived(Map.of(words[1], newest));
    }

    private void shows(List<String> expected) {
      List<String> actual = new ArrayList<>();
      for (RuleView rule : world.engine().rules().getFirst().rules()) {
        for (Alert alert : rule.alerts()) {
          String said = alert.annotations().getOrDefault(Alert.REASON, "");
          actual.add(
              (alert.labels().without("alertname")
                      + " "
                      + alert.phase().name().toLowerCase(Locale.ROOT)
                      + " "
                      + said)
                  .strip());
        }
      }
      assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
    }

    private void stored(List<String> expected) {
      long newest = world.stored.stream().mapToLong(Sample::timestamp).max().orElse(0);
      List<String> actual =
          world.stored.stream()
              .filter(sample -> sample.timestamp() == newest)
              .map(sample ->
                  sample.labels()
                      + " "
                      + (Double.isNaN(sample.value()) ? "stale" : since(sample.value())))
              .sorted()
              .toList();
      assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
    }

    private String since(double value) {
      return value == 1
          ? "1"
          : print(
              world
                  .elapsed(Instant.ofEpochSecond(Math.round(value)))
                  .plusSeconds(1)
                  .truncatedTo(ChronoUnit.MINUTES));
    }

    private void load(Duration each, List<String> lines) {
      record Row(Labels labels, List<String> cells) {
        String at(int i) {
          return cells.get(Math.clamp(i, 0, cells.size() - 1));
        }
      }
      List<Row> rows = new ArrayList<>();
      List<Row> switches = new ArrayList<>();
      for (String line : lines) {
        String[] words = line.split("\\s+");
        List<String> cells = cells(List.of(words).subList(1, words.length));
        boolean isSwitch = words[0].equals("data") || words[0].equals("error");
        (isSwitch ? switches : rows)
            .add(
                new Row(
                    isSwitch ? Labels.of("is", words[0]) : Labels.of(words[0].split("=|,")),
                    cells));
      }
      world.answers.put(
          expression,
          at -> {
            int i = (int) world.elapsed(at).dividedBy(each);
            world.hasData = true;
            for (Row row : switches) {
              boolean off = row.at(i).equals("-");
              if (row.labels().get("is").equals("data")) {
                world.hasData = !off;
              } else if (off) {
                throw new BadInput("query failed");
              }
            }
            return rows.stream()
                .filter(row -> !row.at(i).equals("_"))
                .map(row ->
                    new Sample(row.labels(), at.toEpochMilli(), Double.parseDouble(row.at(i))))
                .toList();
          });
    }

    /// `_x6` is six times `_`.
    private static List<String> cells(List<String> words) {
      List<String> cells = new ArrayList<>();
      for (String word : words) {
        int times = word.indexOf('x');
        int count = times < 0 ? 1 : Integer.parseInt(word.substring(times + 1));
        cells.addAll(Collections.nCopies(count, times < 0 ? word : word.substring(0, times)));
      }
      return cells;
    }

    private void at(String rest) throws IOException {
      String[] words = rest.split("\\s+", 2);
      if (!startedYet) {
        started();
      }
      world.goTo(duration(words[0]));
      List<String> states = new ArrayList<>();
      world.engine().rules().forEach(group -> group.rules().forEach(rule -> states(rule, states)));
      assertThat(states.isEmpty() ? "nothing" : String.join(" ", states)).isEqualTo(words[1]);
    }

    private static void states(RuleView rule, List<String> states) {
      for (Alert alert : rule.alerts()) {
        String reason = alert.labels().get(Unjudgeable.LABEL);
        String phase = alert.phase().name().toLowerCase(Locale.ROOT);
        states.add(reason.isEmpty() ? phase : phase + "(" + reason + ")");
      }
    }

    private void told(List<String> expected) {
      List<String> actual = new ArrayList<>();
      List<Delivery> all = world.deliveries();
      for (Delivery delivery : all.subList(told.size(), all.size())) {
        told.add(told.size());
        actual.add(
            print(world.elapsed(delivery.createdAt()))
                + " "
                + delivery.target().replaceFirst(".*:", "")
                + " "
                + delivery.notification().reason().word());
      }
      List<String> wanted = expected.stream().map(line -> line.replaceAll("\\s+", " ")).toList();
      for (int i = 0; i < Math.min(actual.size(), wanted.size()); i++) {
        if (wanted.get(i).startsWith("* ")) {
          actual.set(i, actual.get(i).replaceFirst("\\S+", "*"));
        }
      }
      assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", wanted));
    }

    private void ack(String name) {
      PageGroup group = world.openGroups().getFirst();
      world.engine().acknowledge(group.id(), name, "");
    }

    private void summary(String target, List<String> expected) {
      Gathered all = world.summary(target).notification().besides().gathered();
      List<String> actual = new ArrayList<>();
      actual.add(
          "%d firing in %d groups, %d resolved, %d messages"
              .formatted(all.firing(), all.groups(), all.resolved(), all.messages()));
      for (Gathered.Cause cause : all.causes()) {
        actual.add(
            "%s %d in %d, %d resolved"
                .formatted(cause.name(), cause.firing(), cause.groups(), cause.resolved()));
      }
      assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
    }

    private void ackSummary(String[] words) {
      Delivery summary = world.summary(words[0]);
      world
          .engine()
          .acknowledge(
              new AckTokens.Claim(
                  summary.groupId(),
                  summary.notification().group().climb().round(),
                  "person:" + words[1]),
              "");
    }

    private void events(String expected) {
      List<String> actual =
          world.events.stream()
              .map(event -> event.alertname() + "=" + event.state().name().toLowerCase(Locale.ROOT))
              .toList();
      assertThat(String.join(" ", actual)).isEqualTo(expected);
      world.events.clear();
    }

    /// Conditions since the last time, equal neighbours once.
    private void evidence(String expected) {
      List<String> actual = new ArrayList<>();
      for (var piece : world.evidence.subList(evidenceSeen, world.evidence.size())) {
        String text =
            piece.condition().name().toLowerCase(Locale.ROOT)
                + (piece.since().equals(piece.at())
                    ? ""
                    : "(" + print(world.elapsed(piece.since())) + ")");
        if (actual.isEmpty() || !actual.getLast().equals(text)) {
          actual.add(text);
        }
      }
      evidenceSeen = world.evidence.size();
      assertThat(String.join(" ", actual)).isEqualTo(expected);
    }

    private static Duration duration(String text) {
      return Durations.parse(text).orElseThrow();
    }

    private static String print(Duration duration) {
      return Durations.print(duration);
    }
  }
}
