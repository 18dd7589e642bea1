package hinomi.incidentrecords.postmortem;

import hinomi.incidentrecords.record.Alerts.Alert;
import hinomi.incidentrecords.record.Row;
import hinomi.incidentrecords.record.Timeline;
import hinomi.incidentrecords.record.Words;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Update;
import hinomi.model.Language;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Drafts a blameless post-mortem in nine blocks: what is known is filled in, what only people know
/// is asked. Pure; a person edits it and publishes it, never this program.
///
/// @param components public names
/// @param timeline internal entries: who edits takes out what is nobody's business
public record Draft(
    Row incident,
    List<Text> components,
    List<Alert> alerts,
    List<Update> updates,
    List<Timeline.Entry> timeline,
    ZoneId zone) {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  public Draft {
    components = List.copyOf(components);
    alerts = List.copyOf(alerts);
    updates = List.copyOf(updates);
    timeline = List.copyOf(timeline);
  }

  private static final Text CAUSES =
      new Text(
          """
          - 直接原因: (記入)
          - 根本原因: (記入)
          - 寄与要因(なぜ長引いたか): (記入)
          - 冗長化は機能したか: (記入)\
          """,
          """
          - Direct cause: (fill in)
          - Root cause: (fill in)
          - Contributing factors, why it lasted: (fill in)
          - Did the redundancy work: (fill in)\
          """);
  private static final Text RESPONSE =
      new Text(
          """
          - 良かった点: (記入)
          - 悪かった点: (記入)
          - 運が良かった点: (記入)\
          """,
          """
          - What went well: (fill in)
          - What went badly: (fill in)
          - Where we were lucky: (fill in)\
          """);
  private static final Text ACTIONS =
      new Text(
          """
          | 区分 | 内容 | 担当(役割) | 期限 | 検証方法 |
          |---|---|---|---|---|
          | 予防 | (記入) | | | |
          | 検知 | (記入) | | | |
          | 緩和 | (記入) | | | |\
          """,
          """
          | Kind | Action | Owner (role) | Due | Verified by |
          |---|---|---|---|---|
          | Prevention | (fill in) | | | |
          | Detection | (fill in) | | | |
          | Mitigation | (fill in) | | | |\
          """);

  /// Markdown in both languages.
  public Text markdown() {
    return new Text(in(Language.JA), in(Language.EN));
  }

  private String in(Language language) {
    StringBuilder text = new StringBuilder("# " + incident.title().in(language) + "\n");
    block(text, language, new Text("1. 要約", "1. Summary"), summary());
    block(text, language, new Text("2. 影響", "2. Impact"), impact());
    block(text, language, new Text("3. 時系列", "3. Timeline"), times());
    block(text, language, new Text("4. 検知", "4. Detection"), detection());
    block(text, language, new Text("5. 原因", "5. Causes"), CAUSES);
    block(text, language, new Text("6. 対応の振り返り", "6. Response"), RESPONSE);
    block(text, language, new Text("7. 再発防止策", "7. Corrective actions"), ACTIONS);
    block(text, language, new Text("8. お客様・当局への対応", "8. Customers and regulators"), told());
    block(text, language, new Text("9. 付録", "9. Appendix"), appendix());
    return text.toString();
  }

  private static void block(StringBuilder text, Language language, Text heading, Text body) {
    text.append("\n## ").append(heading.in(language)).append("\n\n");
    text.append(body.in(language)).append("\n");
  }

  private Text summary() {
    String ja = components.stream().map(Text::ja).collect(Collectors.joining("、"));
    String en = components.stream().map(Text::en).collect(Collectors.joining(", "));
    return new Text(
        ja + "において、" + span("進行中") + "に障害が発生いたしました。(経緯と原因を一段落で記入)",
        en
            + " was affected, "
            + span("ongoing")
            + ". (Say in one paragraph what happened and why.)");
  }

  private String span(String ongoing) {
    return MINUTES.format(incident.startedAt().atZone(zone))
        + " – "
        + end().map(at -> MINUTES.format(at.atZone(zone))).orElse(ongoing)
        + " ("
        + zone
        + ")";
  }

  private Optional<Instant> end() {
    return incident.resolvedAt().or(incident::recoveredAt);
  }

  private Text impact() {
    String ja = components.stream().map(Text::ja).collect(Collectors.joining("、"));
    String en = components.stream().map(Text::en).collect(Collectors.joining(", "));
    Optional<Duration> length = end().map(at -> Duration.between(incident.startedAt(), at));
    return new Text(
        "- 対象: "
            + ja
            + "\n- 影響度: "
            + severity(incident.impact())
            + "\n- 計測による時間: "
            + length.map(Draft::seconds).orElse("進行中")
            + "\n- 件数・金額・お客様数: (記入)\n- 影響のなかった範囲: (記入)",
        "- Affected: "
            + en
            + "\n- Impact: "
            + Words.of(incident.impact())
            + "\n- Length, as measured: "
            + length.map(Draft::seconds).orElse("ongoing")
            + "\n- Orders, amounts, customers: (fill in)\n- What was not affected: (fill in)");
  }

  private static String severity(Impact impact) {
    return switch (impact) {
      case NONE -> "なし";
      case MINOR -> "軽微な障害";
      case MAJOR -> "障害";
      case CRITICAL -> "重大障害";
    };
  }

  private static String seconds(Duration length) {
    return length.toSeconds() / 60 + " min " + length.toSeconds() % 60 + " s";
  }

  private Text times() {
    StringBuilder rows = new StringBuilder("\n|---|---|---|---|");
    for (Timeline.Entry entry : timeline) {
      rows.append(
          "\n| %s | %s | %s | %s |"
              .formatted(
                  SECONDS.format(entry.at().atZone(zone)),
                  SECONDS.format(entry.at().atZone(ZoneOffset.UTC)),
                  cell(entry.kind()),
                  cell(entry.text())));
    }
    return new Text(
        "| 時刻 (" + zone + ") | UTC | 種別 | 内容 |" + rows,
        "| Time (" + zone + ") | UTC | Kind | What |" + rows);
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }

  private Text detection() {
    Optional<Timeline.Entry> first =
        timeline.stream().filter(entry -> entry.kind().equals("alert")).findFirst();
    String ja =
        first
            .map(entry ->
                "- 検知元: 監視(自動)\n- 発生から検知まで: "
                    + seconds(Duration.between(incident.startedAt(), entry.at())))
            .orElse("- 検知元: 人による申告");
    String en =
        first
            .map(entry ->
                "- Detected by: monitoring\n- From beginning to detection: "
                    + seconds(Duration.between(incident.startedAt(), entry.at())))
            .orElse("- Detected by: a person");
    return new Text(ja + "\n- なぜ遅れたか: (記入)", en + "\n- Why not earlier: (fill in)");
  }

  private Text told() {
    String ja =
        updates.stream()
            .map(one -> "\n- 第" + one.number() + "報 " + SECONDS.format(one.at().atZone(zone)))
            .collect(Collectors.joining());
    String en =
        updates.stream()
            .map(one -> "\n- Update " + one.number() + ", " + SECONDS.format(one.at().atZone(zone)))
            .collect(Collectors.joining());
    return new Text(
        "公表した続報:" + ja + "\n\n当局への報告: (記入)",
        "Published updates:" + en + "\n\nReports to regulators: (fill in)");
  }

  private Text appendix() {
    String list =
        alerts.stream()
            .map(alert ->
                "\n- `%s`: %s – %s"
                    .formatted(
                        alert.name().replace("`", "'"),
                        alert.activeAt(),
                        alert.resolvedAt().map(Instant::toString).orElse("…")))
            .collect(Collectors.joining());
    return new Text("アラート (UTC):" + list, "Alerts (UTC):" + list);
  }
}
