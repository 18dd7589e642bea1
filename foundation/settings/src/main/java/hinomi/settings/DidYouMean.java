package hinomi.settings;

import java.util.Collection;
import java.util.Comparator;

/// Finds the word that was probably meant, by Levenshtein distance.
public final class DidYouMean {
  private DidYouMean() {}

  /// `, did you mean "x"?`, or nothing when no known word is near.
  public static String hint(String word, Collection<String> known) {
    int near = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= near)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .map(candidate -> ", did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
