package hinomi.logindexer.search;

import hinomi.logindexer.LineFilter;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.layout.Block;
import hinomi.logindexer.segment.BatchQuery;
import hinomi.logindexer.words.BatchWords;
import hinomi.logindexer.words.Clue;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What a query asks of batches, of unpacked batches, and of single lines. Immutable.
final class Plan {
  private final LogQuery query;

  /// Conditions that one search through a whole block's text answers.
  private final List<String> literals = new ArrayList<>();

  /// The conditions that each line is looked at for.
  private final List<LineFilter> others = new ArrayList<>();

  Plan(LogQuery query) {
    this.query = query;
    for (LineFilter each : query.lines()) {
      if (each instanceof LineFilter.Contains(String text)) {
        literals.add(text);
      } else {
        others.add(each);
      }
    }
  }

  LogQuery query() {
    return query;
  }

  BatchQuery batches() {
    List<List<List<Clue>>> required = new ArrayList<>();
    for (LineFilter each : query.lines()) {
      required.add(clues(each));
    }
    return new BatchQuery(
        query.from(), query.to(), labels -> Matcher.allMatch(query.matchers(), labels), required);
  }

  /// Alternatives, of which one must hold; none when nothing is known.
  private static List<List<Clue>> clues(LineFilter filter) {
    return switch (filter) {
      case LineFilter.Contains(String text) -> List.of(BatchWords.clues(text, true, true));
      case LineFilter.Regex(_, var literals) ->
          literals.alternatives().stream().map(Plan::clues).toList();
      case LineFilter.Words(var words) -> List.of(words.clues());
      case LineFilter.AnyOf(List<LineFilter> filters) -> alternatives(filters);
      case LineFilter.Not _ -> List.of();
    };
  }

  private static List<List<Clue>> alternatives(List<LineFilter> filters) {
    List<List<Clue>> all = new ArrayList<>();
    for (LineFilter each : filters) {
      List<List<Clue>> known = clues(each);
      if (known.isEmpty()) {
        return List.of();
      }
      all.addAll(known);
    }
    return all;
  }

  private static List<Clue> clues(List<String> literals) {
    List<Clue> clues = new ArrayList<>();
    literals.forEach(literal -> clues.addAll(BatchWords.clues(literal, true, true)));
    return clues;
  }

  /// The lines of a block that match, time range included.
  BitSet matching(Block block) {
    BitSet lines = new BitSet(block.size());
    lines.set(first(block, query.from()), first(block, query.to()));
    for (String literal : literals) {
      if (!lines.isEmpty()) {
        lines.and(block.containing(literal));
      }
    }
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      if (!query.fieldsMatch(block.stream(), block.metadata(i))
          || (!others.isEmpty() && !holds(block.line(i), others))) {
        lines.clear(i);
      }
    }
    return lines;
  }

  /// The first line of a block that is not before a time.
  private static int first(Block block, long time) {
    int low = 0;
    int high = block.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (block.timestamp(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean matches(LogRecord line) {
    return line.timestamp() >= query.from()
        && line.timestamp() < query.to()
        && query.fieldsMatch(line.stream(), line.metadata())
        && holds(line.line(), query.lines());
  }

  private static boolean holds(String line, List<LineFilter> filters) {
    for (LineFilter each : filters) {
      if (!each.matches(line)) {
        return false;
      }
    }
    return true;
  }
}
