package hinomi.alertengine.backtest;

import hinomi.model.Labels;
import hinomi.model.Language;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A report for people, in one of both languages.
public final class ReportText {
  private static final int LABEL = 34;
  private static final int MOST_ALERTS = 20;
  private static final int MOST_LISTED = 20;

  private final Report report;
  private final Words words;
  private final ZoneId zone;
  private final DateTimeFormatter minute;
  private final StringBuilder text = new StringBuilder();

  private ReportText(Report report, Language language) {
    this.report = report;
    this.words = new Words(language);
    this.zone = report.plan().zone();
    this.minute = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(zone);
  }

  public static String of(Report report, Language language) {
    ReportText made = new ReportText(report, language);
    made.summary();
    made.alerts();
    made.hours();
    made.listed(words(language).of("増える通知", "Gained"), report.gained());
    made.listed(words(language).of("なくなる通知", "Lost"), report.lost());
    made.score();
    made.flapping();
    return made.text.toString();
  }

  private static Words words(Language language) {
    return new Words(language);
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void row(String label, String before, String after) {
    line("  " + Words.padded(label, LABEL) + right(before) + right(after));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, 12 - Words.width(text))) + text;
  }

  private void counted(String label, Function<Report.Side, Number> of) {
    row(label, of.apply(report.before()).toString(), of.apply(report.after()).toString());
  }

  private void summary() {
    line(
        words.of("バックテスト ", "Backtest ")
            + minute.format(report.plan().from())
            + " – "
            + minute.format(report.plan().to())
            + " ("
            + zone.getId()
            + ")");
    line("");
    row("", words.of("変更前", "before"), words.of("変更後", "after"));
    counted(words.of("発報したアラート", "alerts that fired"), side -> side.course().fires().size());
    counted(words.of("呼出し", "pages"), Report.Side::pages);
    counted(words.of("  うち段階上げ", "  of these escalations"), Report.Side::escalations);
    counted(words.of("  うち再通知", "  of these reminders"), Report.Side::reminders);
    counted(
        words.of("  うち夜間（22–6時）の個人宛", "  to people at night (22–6)"),
        side -> side.hours().nights());
    counted(words.of("通知（呼出しなし）", "notices"), Report.Side::notices);
    line("");
  }

  private void alerts() {
    List<ByAlert> changed = report.alerts().stream().filter(ByAlert::isChanged).toList();
    if (changed.isEmpty()) {
      line(words.of("どのアラートの発報も呼出しも変わりません", "No alert fires or pages otherwise than before"));
      line("");
      return;
    }
    line(
        Words.padded(words.of("変わるアラート", "What changes, by alert"), LABEL + 2)
            + right(words.of("発報", "fired"))
            + right("")
            + right(words.of("呼出し", "pages"))
            + right(""));
    String before = words.of("変更前", "before");
    String after = words.of("変更後", "after");
    line("  " + " ".repeat(LABEL) + right(before) + right(after) + right(before) + right(after));
    changed.stream().limit(MOST_ALERTS).forEach(this::alert);
    int more = changed.size() - MOST_ALERTS;
    if (more > 0) {
      line(words.of("  ほか" + more + "件（--json に全件）", "  and " + more + " more (all with --json)"));
    }
    int same = report.alerts().size() - changed.size();
    if (same > 0) {
      line(words.of("  変わらないアラート: " + same + "件", "  the same as before: " + same));
    }
    line("");
  }

  private void alert(ByAlert alert) {
    int change = alert.pages().change();
    line(
        "  "
            + Words.padded(alert.name(), LABEL)
            + right(Integer.toString(alert.fired().before()))
            + right(Integer.toString(alert.fired().after()))
            + right(Integer.toString(alert.pages().before()))
            + right(Integer.toString(alert.pages().after()))
            + (change == 0 ? "" : right("%+d".formatted(change))));
  }

  private void hours() {
    Set<String> people = new TreeSet<>(report.before().hours().byPerson().keySet());
    people.addAll(report.after().hours().byPerson().keySet());
    if (people.isEmpty()) {
      return;
    }
    line(words.of("呼び出される人と時間帯（現地時刻）", "Who is woken, by local hour"));
    StringBuilder heads = new StringBuilder(" ".repeat(LABEL));
    for (int hour = 0; hour < 24; hour++) {
      heads.append("%4d".formatted(hour));
    }
    line(heads + words.of("    夜間", "   night"));
    for (String person : people) {
      line("  " + name(person));
      hours(words.of("変更前", "before"), report.before().hours(), person);
      hours(words.of("変更後", "after"), report.after().hours(), person);
    }
    line("");
  }

  private void hours(String label, Hours hours, String person) {
    StringBuilder row = new StringBuilder("    " + Words.padded(label, LABEL - 4));
    for (int count : hours.byPerson().getOrDefault(person, java.util.Collections.nCopies(24, 0))) {
      row.append(count == 0 ? "   ·" : "%4d".formatted(count));
    }
    line(row + "%8d".formatted(hours.nights(person)));
  }

  private String name(String target) {
    Report.Side known =
        report.after().course().onCall().people().containsKey(id(target))
            ? report.after()
            : report.before();
    Optional<String> called =
        known
            .course()
            .onCall()
            .person(id(target))
            .map(person -> words.of(person.name().ja(), person.name().en()));
    return called.map(name -> name + " (" + id(target) + ")").orElse(target);
  }

  private static String id(String target) {
    return target.substring(target.indexOf(':') + 1);
  }

  private void listed(String title, List<Told> all) {
    line(title + " (" + all.size() + ")");
    for (Told told : all.subList(0, Math.min(MOST_LISTED, all.size()))) {
      line(
          "  "
              + minute.format(told.at())
              + "  "
              + (told.page() ? words.of("呼出し", "page  ") : words.of("通知　", "notice"))
              + "  "
              + Words.padded(name(told.target()), 28)
              + Words.padded(words.reason(told.reason()), 11)
              + alerts(told));
    }
    if (all.size() > MOST_LISTED) {
      int more = all.size() - MOST_LISTED;
      line(words.of("  ほか" + more + "件（--json に全件）", "  and " + more + " more (all with --json)"));
    }
    line("");
  }

  private static String alerts(Told told) {
    return told.alerts().stream().limit(3).map(ReportText::alert).collect(Collectors.joining(", "))
        + (told.alerts().size() > 3 ? " +" + (told.alerts().size() - 3) : "");
  }

  private static String alert(Labels labels) {
    Labels rest = labels.without(List.of("alertname", "severity", "component", "ladder"));
    return labels.get("alertname") + (rest.isEmpty() ? "" : " " + rest);
  }

  private void score() {
    if (report.plan().incidents().isEmpty()) {
      return;
    }
    line(
        words.of("既知の障害との照合 (", "Against known incidents (")
            + report.plan().incidents().size()
            + ")");
    row("", words.of("変更前", "before"), words.of("変更後", "after"));
    scored(words.of("呼出しのあった障害", "incidents that a page told of"), score -> "" + score.detected());
    scored(words.of("再現率", "recall"), score -> share(score.recall()));
    scored(
        words.of("適合率（呼出しアラート）", "precision of paging alerts"), score -> share(score.precision()));
    scored(words.of("検知までの中央値", "median time to detect"), score -> length(score.median()));
    missed(words.of("  変更前に呼出しなし: ", "  without a page before: "), report.before().score());
    missed(words.of("  変更後に呼出しなし: ", "  without a page after: "), report.after().score());
    line("");
  }

  private void scored(String label, Function<Score, String> of) {
    row(label, of.apply(report.before().score()), of.apply(report.after().score()));
  }

  private void missed(String label, Score score) {
    if (!score.missed().isEmpty()) {
      line(label + String.join(", ", score.missed()));
    }
  }

  private static String share(Optional<Double> share) {
    return share.map(value -> "%.0f%%".formatted(value * 100)).orElse("–");
  }

  private String length(Optional<Duration> length) {
    return length.map(words::length).orElse("–");
  }

  private void flapping() {
    List<String> lines = new ArrayList<>();
    flapping(words.of("変更前", "before"), report.before(), lines);
    flapping(words.of("変更後", "after"), report.after(), lines);
    if (!lines.isEmpty()) {
      line(words.of("ばたつくアラート（復旧後15分以内の再発報）", "Flapping (fires again within 15 minutes)"));
      lines.forEach(this::line);
    }
  }

  private void flapping(String label, Report.Side side, List<String> lines) {
    for (Wavering each : side.flapping().stream().limit(10).toList()) {
      lines.add(
          "  "
              + Words.padded(label, 8)
              + words.of(
                  "%5d回発報、うち再発%5d回  ".formatted(each.fires(), each.again()),
                  "fired %5d times, %5d of these again  ".formatted(each.fires(), each.again()))
              + alert(each.alert()));
    }
  }
}
