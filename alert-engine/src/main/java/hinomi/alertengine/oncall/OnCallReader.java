package hinomi.alertengine.oncall;

import hinomi.model.Language;
import hinomi.settings.DidYouMean;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads on-call files; names are resolved at the end, since a ladder may stand before its people.
final class OnCallReader {
  private static final URI NO_URL = URI.create("http://invalid/");

  private final Mistakes mistakes;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Ladder> ladders = new LinkedHashMap<>();
  private final List<Reference> references = new ArrayList<>();

  private record Reference(Section section, String kind, String id) {}

  OnCallReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void read(Section file) {
    for (Section section : file.sections("people")) {
      String id = section.text("id");
      Person person =
          new Person(
              id,
              section.bilingual("name"),
              section.choice("language", Language.JA, Language.class),
              section.required("mail", "", OnCallReader::address));
      unique(section, people.put(id, person));
    }
    for (Section section : file.sections("channels")) {
      String id = section.text("id");
      Section webhook = section.section("webhook");
      URI url = webhook.url("url").orElse(NO_URL);
      if (!webhook.has("url")) {
        webhook.mistake("url", "is missing");
      }
      unique(section, channels.put(id, new Channel(id, url, secret(webhook))));
    }
    for (Section section : file.sections("ladders")) {
      unique(section, ladders.put(section.text("id"), ladder(section)));
    }
    file.pass("schedules"); // read by whoever says who is on duty when
    file.end();
  }

  private static void unique(Section section, @org.jspecify.annotations.Nullable Object before) {
    if (before != null) {
      section.mistake("id", "is given twice");
    }
  }

  private static String address(String text) {
    if (!text.matches("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+")) {
      throw new IllegalArgumentException("expected a mail address, got \"" + text + "\"");
    }
    return text;
  }

  private static String secret(Section webhook) {
    return webhook.value(
        "secret-file",
        "",
        file -> {
          try {
            return Files.readString(Path.of(file)).strip();
          } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
          }
        });
  }

  private Ladder ladder(Section section) {
    List<Ladder.Step> steps = new ArrayList<>();
    for (Section step : section.sections("steps")) {
      List<String> targets = new ArrayList<>();
      for (Section target : step.sections("notify")) {
        for (String kind : List.of("person", "channel")) {
          target
              .optionalText(kind)
              .ifPresent(id -> {
                targets.add(kind + ":" + id);
                references.add(new Reference(target, kind, id));
              });
        }
      }
      if (targets.isEmpty()) {
        step.mistake("notify", "names nobody; a step tells at least one person or channel");
      }
      steps.add(new Ladder.Step(targets, step.duration("wait", Duration.ofMinutes(5))));
    }
    if (steps.isEmpty()) {
      section.mistake("steps", "a ladder has at least one step");
    }
    return new Ladder(section.text("id"), steps, section.number("repeat", 0, 0, 100));
  }

  OnCall finish(String firstFile) {
    for (Reference reference : references) {
      Set<String> known = reference.kind().equals("person") ? people.keySet() : channels.keySet();
      if (!known.contains(reference.id())) {
        reference
            .section()
            .mistake(
                reference.kind(),
                "no "
                    + reference.kind()
                    + " has the id \""
                    + reference.id()
                    + "\""
                    + DidYouMean.hint(reference.id(), known));
      }
    }
    Ladder ladder = ladders.get(OnCall.DEFAULT);
    if (ladder == null) {
      mistakes.add(
          new Mistake(firstFile, 1, 1, "ladders: there is no ladder \"" + OnCall.DEFAULT + "\""));
      ladders.putAll(OnCall.nobodyNamed().ladders());
    }
    return new OnCall(people, channels, ladders);
  }
}
