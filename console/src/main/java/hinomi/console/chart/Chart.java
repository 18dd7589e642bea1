package hinomi.console.chart;

import hinomi.model.Labels;
import hinomi.model.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line chart as geometry; the template writes the SVG. The drawing is [#WIDTH] × [#HEIGHT] units
/// and is stretched to its place; labels stand outside of the stretched part.
///
/// @param values labels of the value axis; their places count from the top in units
/// @param times labels of the time axis; their places are per cents from the left
/// @param hidden how many series are not drawn
public record Chart(List<Line> lines, List<Mark> values, List<Mark> times, int hidden) {
  /// Lines that can still be told apart.
  public static final int MOST = 20;

  public static final int WIDTH = 1000;
  public static final int HEIGHT = 260;

  /// A series as an SVG path.
  ///
  /// @param number from 0, decides its colour
  public record Line(int number, Labels labels, String path, double min, double max, double last) {}

  /// A labelled place on an axis.
  public record Mark(String place, String label) {}

  public Chart {
    lines = List.copyOf(lines);
    values = List.copyOf(values);
    times = List.copyOf(times);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /// @param step between points; where more is missing, a line is interrupted
  public static Chart of(List<Series> all, Instant from, Instant to, Duration step, ZoneId zone) {
    List<Series> drawn = all.stream().filter(Chart::hasPoint).limit(MOST).toList();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Series series : drawn) {
      for (double value : series.values()) {
        if (Double.isFinite(value)) {
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
    }
    if (drawn.isEmpty()) {
      return new Chart(List.of(), List.of(), List.of(), 0);
    }
    Scale values = Scale.ofValues(min, max);
    Scale times = Scale.ofTimes(from, to, zone);
    List<Line> lines = new ArrayList<>();
    for (Series series : drawn) {
      lines.add(line(lines.size(), series, new Axes(times, values, step.toMillis() * 3 / 2)));
    }
    return new Chart(
        lines,
        values.ticks().stream()
            .map(tick -> new Mark(height(values.place(tick.value())), tick.label()))
            .toList(),
        times.ticks().stream()
            .map(tick -> new Mark(number(100 * times.place(tick.value())) + "%", tick.label()))
            .toList(),
        (int) all.stream().filter(Chart::hasPoint).count() - drawn.size());
  }

  private static boolean hasPoint(Series series) {
    for (double value : series.values()) {
      if (Double.isFinite(value)) {
        return true;
      }
    }
    return false;
  }

  /// @param gap milliseconds without a point that interrupt a line
  private record Axes(Scale times, Scale values, long gap) {}

  private static Line line(int number, Series series, Axes axes) {
    StringBuilder path = new StringBuilder();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double last = Double.NaN;
    long before = Long.MIN_VALUE / 2;
    boolean alone = false;
    for (int i = 0; i < series.size(); i++) {
      double value = series.values()[i];
      if (!Double.isFinite(value)) {
        continue;
      }
      boolean begins = series.timestamps()[i] - before > axes.gap();
      if (begins && alone) {
        path.append("h0"); // a point on its own is a dot, by its round line caps
      }
      path.append(begins ? 'M' : 'L')
          .append(number(WIDTH * axes.times().place((double) series.timestamps()[i])))
          .append(' ')
          .append(height(axes.values().place(value)));
      alone = begins;
      before = series.timestamps()[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      last = value;
    }
    if (alone) {
      path.append("h0");
    }
    return new Line(number, series.labels(), path.toString(), min, max, last);
  }

  private static String height(double place) {
    return number(HEIGHT * (1 - place));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
