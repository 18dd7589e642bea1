package hinomi.settings;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The text of a file that is read: where in it a character stands, and what its lines say.
/// Characters are counted as Unicode code points, as YAML's marks count them.
final class Source {
  private final String name;
  private final int[] text;

  Source(String name, String text) {
    this.name = name;
    this.text = text.codePoints().toArray();
  }

  /// As given to the reader.
  String name() {
    return name;
  }

  /// A mistake at a character, with the line that it stands in.
  ///
  /// @param index of the character; beyond the end means the end
  Mistake mistake(int index, String what) {
    int at = Math.min(index, text.length);
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      if (text[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Mistake(name, line, at - start + 1, what, lineFrom(start));
  }

  /// A mistake where a node begins, or of the option that put it over the file.
  Mistake mistake(@Nullable Node at, String what) {
    Optional<Mark> mark = at == null ? Optional.empty() : at.getStartMark();
    if (mark.isEmpty()) {
      return mistake(what);
    }
    return mark.get().getName().startsWith(Overrides.OPTION)
        ? new Mistake(mark.get().getName(), 1, 1, what)
        : mistake(mark.get().getIndex(), what);
  }

  /// Likewise inside a text, `offset` characters from its beginning; below 0 means its beginning.
  Mistake mistake(@Nullable Node of, int offset, String what) {
    if (offset < 0 || !(of instanceof ScalarNode scalar)) {
      return mistake(of, what);
    }
    return scalar
        .getStartMark()
        .filter(mark -> !mark.getName().startsWith(Overrides.OPTION))
        .map(mark -> mistake(InnerPlace.of(text, mark.getIndex(), scalar, offset), what))
        .orElseGet(() -> mistake(of, what));
  }

  /// A mistake of the file as a whole.
  Mistake mistake(String what) {
    return new Mistake(name, 1, 1, what);
  }

  private String lineFrom(int start) {
    int end = start;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    int[] line = Arrays.copyOfRange(text, start, end);
    return new String(line, 0, line.length).stripTrailing();
  }
}
