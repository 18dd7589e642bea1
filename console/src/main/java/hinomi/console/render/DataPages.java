package hinomi.console.render;

import hinomi.console.Found;
import hinomi.console.Reading;
import hinomi.console.chart.Chart;
import hinomi.console.form.Range;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where an engineer looks for causes: log lines, and expressions as table and chart.
final class DataPages {
  private static final int MAX_ROWS = 200;
  private static final Pattern BAD =
      Pattern.compile("(?i)fatal|crit|alert|emerg|error|err|severe|panic");
  private static final Pattern DOUBTFUL = Pattern.compile("(?i)warn|warning");

  private final Paper paper;

  DataPages(Paper paper) {
    this.paper = paper;
  }

  /// A log line as it is shown.
  record LogRow(String iso, String time, String text, String labels, String tone) {}

  /// An element of an answer.
  record ValueRow(String labels, String value, String at) {}

  String logs(Visit visit, String text, Range range, Reading<List<LogRecord>> found) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = asking(visit, "logs", text, range);
    switch (found) {
      case Reading.Known<List<LogRecord>> known ->
          model.put("rows", known.value().stream().map(line -> row(line, p)).toList());
      case Reading.Unreadable<List<LogRecord>> no -> Paper.mistake(visit, model, text, no);
    }
    return paper.print(visit, "logs", model);
  }

  /// The form alone.
  String logs(Visit visit, Range range) {
    return paper.print(visit, "logs", asking(visit, "logs", "", range));
  }

  String explore(Visit visit, Range range) {
    return paper.print(visit, "explore", asking(visit, "explore", "", range));
  }

  String explore(
      Visit visit, String expression, Range range, Reading<Found> now, Reading<Found.Lines> past) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = asking(visit, "explore", expression, range);
    switch (now) {
      case Reading.Unreadable<Found> no -> Paper.mistake(visit, model, expression, no);
      case Reading.Known<Found> known -> {
        List<ValueRow> rows = rows(known.value(), visit.now(), p);
        model.put("rows", rows.stream().limit(MAX_ROWS).toList());
        model.put("hidden", Math.max(0, rows.size() - MAX_ROWS));
        model.put("remarks", known.value().remarks());
        switch (past) {
          case Reading.Unreadable<Found.Lines> no ->
              model.put("noChart", no.words().in(visit.language()));
          case Reading.Known<Found.Lines> lines -> {
            Instant from = visit.now().minus(range.length());
            model.put(
                "chart",
                Chart.of(lines.value().series(), from, visit.now(), range.step(), p.zone()));
          }
        }
      }
    }
    return paper.print(visit, "explore", model);
  }

  private Map<String, Object> asking(Visit visit, String place, String text, Range range) {
    Map<String, Object> model =
        paper.sheet(visit, place, paper.phrases(visit).say(place + ".title"));
    model.put("q", text);
    model.put("range", range);
    model.put("ranges", List.of(Range.values()));
    return model;
  }

  private static LogRow row(LogRecord line, Phrases p) {
    String level = "";
    for (String name : List.of("level", "severity", "severity_text", "detected_level")) {
      String value = line.metadata().get(name) + line.stream().get(name);
      level = level.isEmpty() ? value : level;
    }
    String tone =
        BAD.matcher(level).lookingAt()
            ? "down"
            : DOUBTFUL.matcher(level).lookingAt() ? "watch" : "";
    String metadata = p.labels(line.metadata());
    return new LogRow(
        p.iso(line.timestamp()),
        p.fine(line.timestamp()),
        line.line(),
        p.labels(line.stream()) + (line.metadata().isEmpty() ? "" : " · " + metadata),
        tone);
  }

  private static List<ValueRow> rows(Found found, Instant now, Phrases p) {
    List<ValueRow> rows = new ArrayList<>();
    switch (found) {
      case Found.Samples samples -> {
        for (Sample sample : samples.samples()) {
          rows.add(new ValueRow(sample.labels().toString(), p.number(sample.value()), ""));
        }
      }
      case Found.Lines lines -> {
        for (Series series : lines.series()) {
          for (int i = 0; i < series.size() && rows.size() <= MAX_ROWS; i++) {
            rows.add(
                new ValueRow(
                    series.labels().toString(),
                    p.number(series.values()[i]),
                    p.brief(Instant.ofEpochMilli(series.timestamps()[i]), now)));
          }
        }
      }
      case Found.Words words -> rows.add(new ValueRow("", words.text(), ""));
    }
    return rows;
  }
}
