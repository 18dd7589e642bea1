package hinomi.servicelevels.component;

import hinomi.model.Text;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// All components, a tree of any depth. Immutable.
///
/// ```yaml
/// components:
///   - id: hinomi
///     name: {ja: 監視基盤, en: Monitoring platform}
///     components:
///       - id: collector
///         name: {ja: データ収集, en: Data collection}
///         depends-on: [metrics]
/// ```
public final class Components {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private final Map<String, Component> byId;
  private final Map<String, List<Component>> children = new LinkedHashMap<>();

  private Components(Map<String, Component> byId) {
    this.byId = byId;
    byId.values()
        .forEach(component ->
            children.computeIfAbsent(component.parent(), _ -> new ArrayList<>()).add(component));
  }

  /// Reads every YAML file of a folder, in name order; a folder that is not there has none.
  public static Components read(Path folder, Mistakes mistakes) {
    return of(Yaml.files(folder).stream().map(file -> Yaml.read(file, mistakes)).toList());
  }

  /// Reads files that are open already; an id that stands twice, in one file or in two, is a
  /// mistake.
  public static Components of(List<Section> files) {
    Reading reading = new Reading();
    for (Section file : files) {
      reading.list(file, "");
      file.end();
    }
    reading.dependencies();
    return new Components(reading.components);
  }

  private static final class Reading {
    final Map<String, Component> components = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();

    void list(Section above, String parent) {
      for (Section section : above.sections("components")) {
        String id = section.text("id");
        Component component =
            new Component(
                id,
                parent,
                bilingual(section, "name", true),
                bilingual(section, "description", false),
                section.texts("depends-on"));
        if (accepted(section, id)) {
          components.put(id, component);
          sections.put(id, section);
        }
        list(section, id);
      }
    }

    /// Each names a component, and none needs itself, be it by way of others.
    void dependencies() {
      Set<String> sound = new HashSet<>();
      components
          .values()
          .forEach(component -> {
            for (String upstream : component.dependsOn()) {
              if (!components.containsKey(upstream)) {
                mistake(component.id(), "there is no component \"" + upstream + "\"");
              }
            }
            follow(component.id(), new ArrayList<>(), sound);
          });
    }

    private void follow(String id, List<String> way, Set<String> sound) {
      int begin = way.indexOf(id);
      if (begin >= 0) {
        List<String> cycle = new ArrayList<>(way.subList(begin, way.size()));
        cycle.add(id);
        mistake(way.getLast(), "goes in a circle: " + String.join(" → ", cycle));
      } else if (components.containsKey(id) && !sound.contains(id)) {
        way.add(id);
        components.get(id).dependsOn().forEach(upstream -> follow(upstream, way, sound));
        way.removeLast();
        sound.add(id);
      }
    }

    private void mistake(String id, String text) {
      Section section = sections.get(id);
      if (section != null) {
        section.mistake("depends-on", text);
      }
    }

    private boolean accepted(Section section, String id) {
      if (id.isEmpty()) {
        return false; // reported as missing
      }
      if (!ID.matcher(id).matches()) {
        section.mistake(
            "id",
            "expected small letters, digits, dots, dashes and underscores, got \"" + id + "\"");
        return false;
      }
      String place = section.file() + ":" + section.line("id");
      String other = places.putIfAbsent(id, place);
      if (other != null) {
        section.mistake("id", "\"" + id + "\" is taken already, see " + other);
        return false;
      }
      return true;
    }

    private static Text bilingual(Section section, String key, boolean required) {
      Text text = section.bilingual(key);
      if (text.isEmpty()) {
        if (required) {
          section.mistake(key, "is missing");
        }
      } else if (text.ja().isEmpty()) {
        section.mistake(key, "is missing in Japanese (ja)");
      } else if (text.en().isEmpty()) {
        section.mistake(key, "is missing in English (en)");
      }
      return text;
    }
  }

  /// In the order of the tree: children follow their parent.
  public List<Component> inOrder() {
    return List.copyOf(byId.values());
  }

  public boolean has(String id) {
    return byId.containsKey(id);
  }

  public Optional<Component> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// What a component needs to work, by id.
  public List<String> upstreams(String id) {
    return find(id).map(Component::dependsOn).orElse(List.of());
  }

  /// The children of a component in order; of the empty string, what stands at the top.
  public List<Component> children(String id) {
    return List.copyOf(children.getOrDefault(id, List.of()));
  }

  /// The public name, or the empty text where there is no such component: an id is internal and
  /// never stands in for a name.
  public Text name(String id) {
    return find(id).map(Component::name).orElse(Text.same(""));
  }
}
