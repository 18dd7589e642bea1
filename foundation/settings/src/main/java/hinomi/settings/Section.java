package hinomi.settings;

import hinomi.model.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A YAML mapping that is being read. A getter names the key and what it defaults to; a wrong value
/// is noted as a [Mistake] with its place and the default is returned, so that reading goes on and
/// all mistakes are found at once. [#end] reports the keys that nobody asked for.
///
/// A value given on the command line (`--set a.b=c`) replaces the file's before anything is read.
public final class Section {
  private final Source source;
  private final Mistakes mistakes;
  private final @Nullable Node node;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();
  private final Map<String, Section> children = new LinkedHashMap<>();

  private record Entry(Node key, Node value) {}

  private Section(Source source, Mistakes mistakes, @Nullable Node node) {
    this.source = source;
    this.mistakes = mistakes;
    this.node = node;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        enter(tuple.getKeyNode(), tuple.getValueNode());
      }
    } else if (node != null && !isNull(node)) {
      note(node, "expected keys and values, got " + kind(node));
    }
  }

  private void enter(Node key, Node value) {
    if (key instanceof ScalarNode scalar) {
      if (entries.put(scalar.getValue(), new Entry(key, value)) != null) {
        note(key, scalar.getValue() + ": the key is given twice");
      }
    } else {
      note(key, "a key must be a plain word");
    }
  }

  /// The root of a file that [Yaml] has read; null stands for an empty file.
  static Section root(Source source, Mistakes mistakes, @Nullable Node node) {
    return new Section(source, mistakes, node);
  }

  /// A required text.
  public String text(String key) {
    Optional<String> value = optionalText(key);
    if (value.isEmpty() && !entries.containsKey(key)) {
      missing(key);
    }
    return value.orElse("");
  }

  public String text(String key, String otherwise) {
    return optionalText(key).orElse(otherwise);
  }

  public Optional<String> optionalText(String key) {
    return scalar(key).map(ScalarNode::getValue);
  }

  /// A text of [#text] turned into something else; `reader` throws `IllegalArgumentException` or a
  /// [hinomi.model.BadInput] with what it expected.
  public <T> T value(String key, T otherwise, Function<String, T> reader) {
    Optional<ScalarNode> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return otherwise;
    }
    try {
      return reader.apply(scalar.get().getValue());
    } catch (IllegalArgumentException | hinomi.model.Failure e) {
      note(scalar.get(), key + ": " + e.getMessage());
      return otherwise;
    }
  }

  /// A required value; `dummy` is returned, and never used, when it is missing or wrong.
  public <T> T required(String key, T dummy, Function<String, T> reader) {
    if (!entries.containsKey(key)) {
      missing(key);
    }
    return value(key, dummy, reader);
  }

  public Duration duration(String key, Duration otherwise) {
    return value(key, otherwise, Section::toDuration);
  }

  /// A size in bytes: `512`, `64KiB`, `1GB`.
  public long bytes(String key, long otherwise) {
    return value(key, otherwise, Bytes::parse);
  }

  public int number(String key, int otherwise, int min, int max) {
    return value(key, otherwise, text -> Words.number(text, min, max));
  }

  /// A TCP or UDP port; 0 means any free one.
  public int port(String key, int otherwise) {
    return number(key, otherwise, 0, 65_535);
  }

  public boolean flag(String key, boolean otherwise) {
    return value(key, otherwise, Words::flag);
  }

  public <E extends Enum<E>> E choice(String key, E otherwise, Class<E> type) {
    return value(key, otherwise, text -> Words.choice(text, type));
  }

  public Path path(String key, Path otherwise) {
    return value(key, otherwise, Path::of);
  }

  public Optional<URI> url(String key) {
    return value(key, Optional.empty(), text -> Optional.of(Words.url(text)));
  }

  /// A time zone: UTC or a region such as `Asia/Tokyo`. Three-letter names are refused, for they
  /// mean several zones each and mostly ignore clock changes.
  public ZoneId zone(String key, ZoneId otherwise) {
    return value(key, otherwise, Words::zone);
  }

  /// A public text: a mapping with `ja` and `en`, or one text for both.
  public Text bilingual(String key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.value() instanceof MappingNode) {
      Section both = section(key);
      return new Text(both.text("ja", ""), both.text("en", ""));
    }
    return Text.same(text(key, ""));
  }

  /// A list of texts; one text alone is a list of one.
  public List<String> texts(String key) {
    read.add(key);
    Entry entry = entries.get(key);
    List<String> texts = new ArrayList<>();
    if (entry != null && !isNull(entry.value())) {
      List<Node> items =
          entry.value() instanceof SequenceNode sequence
              ? sequence.getValue()
              : List.of(entry.value());
      for (Node item : items) {
        if (item instanceof ScalarNode scalar) {
          texts.add(scalar.getValue());
        } else {
          note(item, key + ": expected a text, got " + kind(item));
        }
      }
    }
    return texts;
  }

  /// A mapping of free keys to texts, in the file's order, such as a rule's labels.
  public Map<String, String> map(String key) {
    Section section = section(key);
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : section.keys()) {
      map.put(name, section.text(name, ""));
    }
    return map;
  }

  /// The mapping under a key; an empty one when it is absent.
  public Section section(String key) {
    read.add(key);
    return children.computeIfAbsent(
        key,
        k -> {
          Entry entry = entries.get(k);
          return new Section(source, mistakes, entry == null ? node : entry.value(), entry == null);
        });
  }

  private Section(Source source, Mistakes mistakes, @Nullable Node node, boolean absent) {
    this(source, mistakes, absent ? null : node);
  }

  /// The mappings of a list under a key.
  public List<Section> sections(String key) {
    read.add(key);
    Entry entry = entries.get(key);
    List<Section> sections = new ArrayList<>();
    if (entry == null || isNull(entry.value())) {
      return sections;
    }
    if (entry.value() instanceof SequenceNode sequence) {
      int i = 0;
      for (Node item : sequence.getValue()) {
        Section section = new Section(source, mistakes, item);
        sections.add(section);
        children.put(key + "[" + i++ + "]", section);
      }
    } else {
      note(entry.value(), key + ": expected a list, got " + kind(entry.value()));
    }
    return sections;
  }

  /// Passes over a key: it is known, and whatever stands there is not looked at.
  public void pass(String key) {
    read.add(key);
  }

  /// The keys that are there, in the file's order.
  public Set<String> keys() {
    return entries.keySet();
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// Where mistakes are noted, for files that this one names.
  public Mistakes mistakes() {
    return mistakes;
  }

  public String file() {
    return source.name();
  }

  /// Notes a mistake about the value of a key (or about this mapping, when the key is absent).
  public void mistake(String key, String text) {
    mistakes.add(place(key, key + ": " + text));
  }

  /// Notes a mistake inside the text of a key, `offset` characters from its beginning, as for an
  /// expression that does not parse.
  public void mistake(String key, int offset, String text) {
    mistakes.add(place(key, offset, key + ": " + text));
  }

  /// What may be said about the value of a key (or about this mapping, when the key is absent),
  /// without noting it.
  public Mistake place(String key, String text) {
    Entry entry = entries.get(key);
    return source.mistake(entry == null ? node : entry.value(), text);
  }

  /// Likewise inside the text of a key; an offset below 0 means its beginning.
  public Mistake place(String key, int offset, String text) {
    Entry entry = entries.get(key);
    return source.mistake(entry == null ? node : entry.value(), offset, text);
  }

  /// Notes a mistake inside one text of a list, as [#texts] returns it; of a text alone, `item` is
  /// 0.
  public void mistake(String key, int item, int offset, String text) {
    Entry entry = entries.get(key);
    if (entry != null
        && entry.value() instanceof SequenceNode list
        && item < list.getValue().size()) {
      mistakes.add(source.mistake(list.getValue().get(item), offset, key + ": " + text));
    } else {
      mistake(key, offset, text);
    }
  }

  /// Line of a key's value from 1, or of this mapping when the key is absent.
  public int line(String key) {
    Entry entry = entries.get(key);
    Node at = entry == null ? node : entry.value();
    return at == null ? 1 : at.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /// Says that all keys have been asked for: whatever else stands here, or below, is a mistake.
  public void end() {
    entries.forEach((key, entry) -> {
      if (!read.contains(key)) {
        note(entry.key(), key + ": unknown key" + DidYouMean.hint(key, read));
      }
    });
    children.values().forEach(Section::endIfTouched);
  }

  private void endIfTouched() {
    if (!read.isEmpty()) {
      end();
    }
  }

  private Optional<ScalarNode> scalar(String key) {
    read.add(key);
    Entry entry = entries.get(key);
    if (entry == null || isNull(entry.value())) {
      return Optional.empty();
    }
    if (entry.value() instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    note(entry.value(), key + ": expected one value, got " + kind(entry.value()));
    return Optional.empty();
  }

  private void missing(String key) {
    note(node, key + ": is missing");
  }

  private void note(@Nullable Node at, String text) {
    mistakes.add(source.mistake(at, text));
  }

  private static Duration toDuration(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(Durations.complaint(text)));
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String kind(Node node) {
    return switch (node) {
      case MappingNode ignored -> "keys and values";
      case SequenceNode ignored -> "a list";
      default -> isNull(node) ? "nothing" : "\"" + ((ScalarNode) node).getValue() + "\"";
    };
  }
}
