import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of a command line: `--name value` in any place, and the others in their order.
///
/// @param options by name, with their dashes
record Words(List<String> others, Map<String, String> options) {
  /// An option that is not known, or without a value, is an `IllegalArgumentException`.
  static Words of(String[] words, Set<String> known) {
    List<String> others = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(words));
    while (!left.isEmpty()) {
      String word = left.pop();
      if (!word.startsWith("--")) {
        others.add(word);
      } else if (!known.contains(word) || left.isEmpty()) {
        throw new IllegalArgumentException(
            known.contains(word) ? word + " needs a value" : "no option " + word + ": " + known);
      } else {
        options.put(word, left.pop());
      }
    }
    return new Words(others, options);
  }

  String text(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  double number(String name, double otherwise) {
    String text = options.get(name);
    return text == null ? otherwise : Double.parseDouble(text);
  }

  int whole(String name, int otherwise) {
    return (int) number(name, otherwise);
  }
}
