package hinomi.alertengine.oncall;

import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People, channels and ladders by id. There is always the ladder [#DEFAULT].
public record OnCall(
    Map<String, Person> people, Map<String, Channel> channels, Map<String, Ladder> ladders) {
  /// The ladder of pages that name no other.
  public static final String DEFAULT = "default";

  public OnCall {
    people = Map.copyOf(people);
    channels = Map.copyOf(channels);
    ladders = Map.copyOf(ladders);
  }

  /// Reads all `*.yaml` of a folder as one. A folder without any yields [#nobodyNamed], so that a
  /// page lands somewhere even then.
  public static OnCall read(Path folder, Mistakes mistakes) {
    List<Path> files = Yaml.files(folder);
    if (files.isEmpty()) {
      return nobodyNamed();
    }
    OnCallReader reader = new OnCallReader(mistakes);
    for (Path file : files) {
      reader.read(Yaml.read(file, mistakes));
    }
    return reader.finish(files.getFirst().toString());
  }

  /// Reads the texts of several files as one.
  ///
  /// @param files by name
  public static OnCall parse(Map<String, String> files, Mistakes mistakes) {
    if (files.isEmpty()) {
      return nobodyNamed();
    }
    OnCallReader reader = new OnCallReader(mistakes);
    files.forEach((name, text) -> reader.read(Yaml.parse(name, text, mistakes)));
    return reader.finish(files.keySet().iterator().next());
  }

  /// One person without a name, whose pages go to `on-call@localhost`.
  public static OnCall nobodyNamed() {
    Person person =
        new Person("on-call", new Text("当番", "on call"), Language.EN, "on-call@localhost");
    Ladder ladder =
        new Ladder(
            DEFAULT, List.of(new Ladder.Step(List.of("person:on-call"), Duration.ofMinutes(5))), 2);
    return new OnCall(Map.of(person.id(), person), Map.of(), Map.of(DEFAULT, ladder));
  }

  /// A ladder by id, or the default one: a page whose ladder was renamed still wakes somebody.
  public Ladder ladder(String id) {
    Ladder ladder = ladders.get(id);
    if (ladder == null) {
      ladder = ladders.get(DEFAULT);
    }
    if (ladder == null) {
      throw new IllegalStateException("BUG: on-call without the ladder " + DEFAULT);
    }
    return ladder;
  }

  public Optional<Person> person(String id) {
    return Optional.ofNullable(people.get(id));
  }

  /// A target of a [Ladder.Step] as people call it: a person's name, a channel's id, or the target
  /// itself where nothing is known of it any more.
  public String nameOf(String target) {
    String id = target.substring(target.indexOf(':') + 1);
    return target.startsWith("person:")
        ? person(id).map(known -> known.name().ja()).orElse(id)
        : id;
  }

  public Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }
}
