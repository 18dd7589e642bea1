package hinomi.promql.notation;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Sample;
import hinomi.model.histogram.Tally;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a run of values: numbers, `stale`, `_` for none, histograms, each repeated by `xN` and
/// changed at each step by `+D` or `-D`. One use.
final class ValueScanner {
  private static final int MOST = 10_000_000;
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:(?:[0-9][0-9_]*\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|nan)|stale",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TIMES = Pattern.compile("x([0-9]+)");

  private final String text;
  private final List<Optional<Point>> values = new ArrayList<>();
  private int at;

  ValueScanner(String text, int from) {
    this.text = text;
    this.at = from;
  }

  List<Optional<Point>> values() {
    while (skipBlanks()) {
      if (text.charAt(at) == '_') {
        at++;
        add(Collections.nCopies(times().orElse(1), Optional.empty()));
      } else if (text.startsWith("{{", at)) {
        histograms();
      } else {
        numbers();
      }
      if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        throw unexpected();
      }
    }
    return values;
  }

  private boolean skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private BadInput unexpected() {
    String c = Character.toString(text.codePointAt(at));
    return new BadInput("unexpected character in series sequence: '" + c + "'", at);
  }

  private void numbers() {
    int begin = at;
    double value = number();
    int stepBegin = at;
    boolean steps = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0;
    double step = steps ? number() : 0;
    Optional<Integer> times = times();
    if (steps && times.isEmpty()) {
      throw new BadInput("how often to repeat it is missing, as in 1+2x3", at);
    }
    if (Double.isNaN(step) && Sample.isStale(step)) {
      throw new BadInput("stale is no number to count by", stepBegin);
    }
    room(times.orElse(0), begin);
    for (int i = 0; i <= times.orElse(0); i++) {
      values.add(Optional.of(Point.of(value)));
      value = steps ? value + step : value;
    }
  }

  private double number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw unexpected();
    }
    int begin = at;
    String word = matcher.group();
    at = matcher.end();
    if (word.equalsIgnoreCase("stale")) {
      return Sample.STALE;
    }
    return Numbers.parse(word.replace("_", ""))
        .orElseThrow(() -> new BadInput("no number: " + Quoting.quote(word), begin));
  }

  /// What `xN` says, if it stands here.
  private Optional<Integer> times() {
    Matcher matcher = TIMES.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    int begin = at;
    at = matcher.end();
    String digits = matcher.group(1);
    if (digits.length() > 9) {
      throw tooMany(begin);
    }
    return Optional.of(Integer.parseInt(digits));
  }

  private void room(int times, int begin) {
    if (values.size() + (long) times > MOST) {
      throw tooMany(begin);
    }
  }

  private static BadInput tooMany(int begin) {
    return new BadInput("a series has more than " + MOST + " values", begin);
  }

  private void add(List<Optional<Point>> more) {
    room(more.size(), at);
    values.addAll(more);
  }

  private void histograms() {
    int begin = at;
    Point.Native first = histogram();
    char sign = at < text.length() ? text.charAt(at) : ' ';
    boolean steps = sign == '+' || sign == '-';
    if (steps) {
      at++;
    }
    Point.Native step = steps ? histogram() : first;
    Optional<Integer> times = times();
    if (steps && times.isEmpty()) {
      throw new BadInput("how often to repeat it is missing, as in {{…}}+{{…}}x3", at);
    }
    room(times.orElse(0), begin);
    values.add(Optional.of(first));
    Histogram current = first.histogram();
    for (int i = 0; i < times.orElse(0); i++) {
      if (!steps) {
        values.add(Optional.of(first));
        continue;
      }
      Tally tally = Tally.of(current);
      boolean fits = sign == '-' ? tally.subtract(step.histogram()) : tally.add(step.histogram());
      if (!fits) {
        throw new BadInput("the histograms do not fit together", begin);
      }
      current = tally.histogram();
      values.add(Optional.of(new Point.Native(current, step.hinted())));
    }
  }

  private Point.Native histogram() {
    int end = text.indexOf("}}", at);
    if (!text.startsWith("{{", at) || end < 0) {
      throw new BadInput("no histogram: {{ or }} is missing", at);
    }
    Point.Native histogram = HistogramNotation.fields(text, at + 2, end);
    at = end + 2;
    return histogram;
  }
}
