package hinomi.settings;

import java.util.Collection;
import java.util.Comparator;

/// Finds the word that was probably meant, by edit distance (Damerau–Levenshtein, optimal string
/// alignment): `prot` is one slip away from `port`.
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

  /// Letters to insert, leave out, replace, or exchange with their neighbour.
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int one = 1 + Math.min(steps[i - 1][j], steps[i][j - 1]);
        steps[i][j] = Math.min(one, steps[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[a.length()][b.length()];
  }
}
