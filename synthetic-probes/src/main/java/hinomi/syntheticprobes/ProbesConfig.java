package hinomi.syntheticprobes;

import hinomi.settings.DidYouMean;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import hinomi.syntheticprobes.check.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The probes of `config/probes/*.yaml`; the keys are told in `docs/probes.md`.
///
/// @param probes in the order of the files
public record ProbesConfig(List<Probe> probes) {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  public ProbesConfig {
    probes = List.copyOf(probes);
  }

  /// Reads all files of a folder; every mistake is noted with its place. A folder that does not
  /// exist has no probes.
  ///
  /// @param variables what `${name}` stands for in addresses, such as `web.url`
  /// @param components ids that a probe may speak about
  public static ProbesConfig read(
      Path folder, Mistakes mistakes, Map<String, String> variables, Set<String> components) {
    List<Probe> probes = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    for (Path file : Yaml.files(folder)) {
      Section root = Yaml.read(file, mistakes);
      for (Section section : root.sections("probes")) {
        Probe probe = probe(section, new Variables(variables));
        if (!probe.component().isEmpty() && !components.contains(probe.component())) {
          section.mistake(
              "component",
              "no component has the id \"%s\"".formatted(probe.component())
                  + DidYouMean.hint(probe.component(), components));
        }
        String place = file + ":" + section.line("id");
        String before = places.putIfAbsent(probe.id(), place);
        if (before != null) {
          section.mistake("id", "\"" + probe.id() + "\" is taken already, at " + before);
        }
        probes.add(probe);
      }
      root.end();
    }
    return new ProbesConfig(probes);
  }

  private static Probe probe(Section section, Variables variables) {
    String id = section.text("id");
    if (section.has("id") && !id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
      section.mistake("id", "expected letters, digits, '-', '_' and '.', 64 at most");
    }
    Duration every = section.duration("every", EVERY);
    // A short rhythm brings a shorter timeout with it, when none is given.
    Duration otherwise = TIMEOUT.compareTo(every) < 0 ? TIMEOUT : every.dividedBy(2);
    Duration timeout = section.duration("timeout", otherwise);
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      section.mistake("every", "expected at least 1s");
    }
    if (timeout.isZero()) {
      section.mistake("timeout", "expected more than 0");
    } else if (timeout.compareTo(every) >= 0) {
      section.mistake("timeout", "must be shorter than \"every\", so that runs do not overlap");
    }
    return new Probe(
        id,
        section.text("component", ""),
        every,
        timeout,
        section.number("failures-before-down", 1, 1, 100),
        CheckSettings.read(section, variables));
  }
}
