package hinomi.promql.conformance;

import hinomi.model.Labels;
import hinomi.promql.notation.SeriesLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Since when the samples of a series count, as the test language writes it: `metric{a="b"}@st _
/// -30s-1mx2 -1ms`, one a step, as lengths of time from each sample.
///
/// @param offsets milliseconds; empty where nothing is said
record StartLine(Labels labels, List<Optional<Long>> offsets) {
  private static final String MARK = "@st";
  private static final String LENGTH = "(?:[0-9]+(?:ms|[smhd])?)+";
  private static final Pattern RUN =
      Pattern.compile("([+-]?" + LENGTH + ")(?:([+-])(" + LENGTH + "))?(?:x([0-9]+))?");

  static boolean is(String line) {
    return line.split("\\s", 2)[0].endsWith(MARK);
  }

  static StartLine parse(String line) {
    String[] words = line.split("\\s+");
    String metric = words[0].substring(0, words[0].length() - MARK.length());
    List<Optional<Long>> offsets = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (word.startsWith("_")) {
        int times = word.contains("x") ? Integer.parseInt(word.substring(2)) : 1;
        offsets.addAll(Collections.nCopies(times, Optional.empty()));
      } else {
        add(word, offsets);
      }
    }
    return new StartLine(SeriesLine.parse(metric).labels(), offsets);
  }

  private static void add(String word, List<Optional<Long>> offsets) {
    Matcher run = RUN.matcher(word);
    if (!run.matches()) {
      throw new IllegalArgumentException("no lengths of time: " + word);
    }
    long offset = TestFile.millis(run.group(1).replace("+", ""));
    String by = run.group(3);
    long step = by == null ? 0 : TestFile.millis(run.group(2).replace("+", "") + by);
    int times = run.group(4) == null ? 0 : Integer.parseInt(run.group(4));
    for (int i = 0; i <= times; i++) {
      offsets.add(Optional.of(offset));
      offset += step;
    }
  }
}
