package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.external.PostedAlert;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.silence.Draft;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.settings.Durations;
import hinomi.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The words of specs about what comes in by Alertmanager's API. Times are those since the
/// beginning.
///
/// * `post label=value,… [from D] [until D]` sends an alert; without `until` it has no end.
/// * `silence NAME FROM TO MATCHER…` makes a silence of sato's.
/// * `edit NAME FROM TO MATCHER…` sends it again with its id; if that ends it and makes another,
///   that is called `NAME'`.
/// * `expire NAME` ends it by hand.
/// * `refused WORDS` what the silence or edit before this line was refused with.
/// * `silences` lists them by name: state, times, matchers, and why it ended if not in time.
/// * `until D` lets time pass.
/// * `messages` lists what was decided since the last `messages`: time (`*`: any), target, reason,
///   and the alerts that it tells of by name and labels, those that are over with a minus. Words of
///   silences about themselves are left out.
final class AlertmanagerWords implements Specs.Meaning {
  private static final Comparator<String> BY_CONTENT =
      Comparator.comparing(AlertmanagerWords::content)
          .thenComparing(message -> Durations.parse(message.split(" ")[0]).orElse(Duration.ZERO));

  private final World world;
  private final Map<String, String> silences = new LinkedHashMap<>(); // id by name
  private String refusal = "";
  private int told;

  AlertmanagerWords(World world) {
    this.world = world;
  }

  @Override
  public void run(Specs.Step step) {
    assertThat(step.verb().equals("refused") || refusal.isEmpty()).as(refusal).isTrue();
    switch (step.verb()) {
      case "post" -> post(step.rest().split("\\s+"));
      case "silence" -> set("", step.rest().split("\\s+", 4));
      case "edit" -> edit(step.rest().split("\\s+", 4));
      case "expire" -> expire(step.rest());
      case "refused" -> refused(step.rest());
      case "silences" -> silences(step.block());
      case "until" -> world.goTo(duration(step.rest()));
      case "messages" -> messages(step.block());
      default -> throw new AssertionError("unknown command " + step.verb());
    }
  }

  private SilenceBook book() {
    return world.engine().desk().silences();
  }

  private void post(String[] words) {
    world
        .engine()
        .desk()
        .external()
        .receive(
            List.of(
                new PostedAlert(
                    Labels.of(words[0].split("[=,]")),
                    Map.of(),
                    time(words, "from"),
                    time(words, "until"),
                    "")));
  }

  private Optional<Instant> time(String[] words, String key) {
    for (int i = 1; i < words.length; i += 2) {
      if (words[i].equals(key)) {
        return Optional.of(world.begin.plus(duration(words[i + 1])));
      }
    }
    return Optional.empty();
  }

  private void edit(String[] words) {
    set(id(words[0]), words);
  }

  private String id(String name) {
    String id = silences.get(name);
    if (id == null) {
      throw new AssertionError("no silence is called " + name);
    }
    return id;
  }

  private void set(String id, String[] words) {
    Draft draft =
        new Draft(
            id,
            MatcherText.parse(words[3]),
            world.begin.plus(duration(words[1])),
            world.begin.plus(duration(words[2])),
            "sato",
            "disk is replaced",
            Map.of());
    try {
      String given = book().set(draft).id();
      silences.put(id.isEmpty() || given.equals(id) ? words[0] : words[0] + "'", given);
    } catch (Failure e) {
      refusal = e.reason();
    }
  }

  private void expire(String name) {
    Silence _ = book().expire(id(name), "sato");
  }

  private void refused(String words) {
    assertThat(refusal).isEqualTo(words);
    refusal = "";
  }

  private void silences(List<String> expected) {
    List<String> actual = new ArrayList<>();
    silences.forEach((name, id) -> {
      Silence silence = book().find(id).orElseThrow();
      String ending = word(silence.marks().ending());
      actual.add(
          "%s %s %s..%s %s%s"
              .formatted(
                  name,
                  word(silence.state(world.time.now())),
                  print(silence.startsAt()),
                  print(silence.endsAt()),
                  silence.matcherText(),
                  ending.equals("in_time") ? "" : " " + ending));
    });
    assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", squeezed(expected)));
  }

  private void messages(List<String> expected) {
    List<Delivery> all = world.deliveries();
    List<String> actual =
        all.subList(told, all.size()).stream()
            .filter(delivery -> delivery.notification().reason() != Reason.NOTE)
            .map(delivery ->
                print(delivery.createdAt())
                    + " "
                    + delivery.target().replaceFirst(".*:", "")
                    + " "
                    + delivery.notification().reason().word()
                    + " "
                    + alerts(delivery))
            .sorted(BY_CONTENT)
            .toList();
    told = all.size();
    List<String> wanted = squeezed(expected).stream().sorted(BY_CONTENT).toList();
    List<String> shown = new ArrayList<>(actual);
    for (int i = 0; i < Math.min(actual.size(), wanted.size()); i++) {
      if (wanted.get(i).startsWith("* ")) {
        shown.set(i, "* " + content(actual.get(i)));
      }
    }
    assertThat(String.join("\n", shown)).isEqualTo(String.join("\n", wanted));
  }

  private static String content(String message) {
    return message.substring(message.indexOf(' ') + 1);
  }

  private static String alerts(Delivery delivery) {
    return String.join(
        " ",
        delivery.notification().group().members().values().stream()
            .map(AlertmanagerWords::alert)
            .sorted()
            .toList());
  }

  private static String alert(Member member) {
    List<String> labels = new ArrayList<>();
    member
        .labels()
        .without("alertname")
        .toMap()
        .forEach((name, value) -> labels.add(name + "=" + value));
    return (member.isFiring() ? "" : "-")
        + member.labels().get("alertname")
        + (labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}");
  }

  private static List<String> squeezed(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\\s+", " ")).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Duration duration(String text) {
    return Durations.parse(text).orElseThrow();
  }

  private String print(Instant at) {
    return Durations.print(world.elapsed(at));
  }
}
