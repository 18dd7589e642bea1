package hinomi.alertengine.deliver.mail;

import hinomi.alertengine.group.Besides;
import hinomi.alertengine.group.Flapping;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.model.Language;
import hinomi.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a mail. Japanese readers get Japan's time, others UTC; the summary comes from the
/// annotation `summary_ja` where there is one.
///
/// @param subject one line
record MailText(String subject, String plain, String html) {
  private static final int MAX_ALERTS = 50;
  private static final int MAX_SUBJECT = 200;

  static MailText of(Notification notification, Language language, String ackUrl) {
    Words words = new Words(language);
    List<String> lines = new ArrayList<>();
    lines.add(words.why(notification));
    lines.add("");
    if (notification.besides().gathered().isGiven()) {
      lines.addAll(words.storm().lines(notification.besides().gathered(), words::time));
    }
    PageGroup group = notification.group();
    group.members().values().stream()
        .limit(MAX_ALERTS)
        .forEach(member -> alert(lines, member, notification.reason() == Reason.NOTE, words));
    long count = notification.alerts();
    if (count > MAX_ALERTS) {
      lines.add(words.more(count - MAX_ALERTS));
      lines.add("");
    }
    besides(lines, notification.besides(), words);
    if (!ackUrl.isEmpty()) {
      lines.add(words.acknowledge());
      lines.add(ackUrl);
      lines.add("");
    }
    lines.add(words.footer(group));
    return new MailText(
        subject(notification, words), String.join("\n", lines) + "\n", html(lines, language));
  }

  private static void besides(List<String> lines, Besides besides, Words words) {
    if (besides.causedCount() > 0) {
      lines.add(words.caused(besides.causedCount()));
      besides.caused().forEach(labels -> lines.add("  ↳ " + labels));
      lines.add("");
    }
  }

  private static void alert(List<String> lines, Member member, boolean note, Words words) {
    lines.add((member.isFiring() ? "● " : "○ ") + words.summary(member));
    String description = words.description(member);
    if (!description.isEmpty()) {
      lines.add("  " + description);
    }
    if (member.flapping().isGiven()) {
      lines.add("  " + words.flapping(member.flapping()));
    }
    if (!note) {
      lines.add("  " + words.since() + " " + words.time(member.startsAt()));
    }
    if (!note && !member.isFiring()) {
      lines.add("  " + words.until() + " " + words.time(member.endsAt()));
    }
    lines.add("  " + member.labels());
    String runbook = member.annotations().getOrDefault("runbook_url", "");
    if (!runbook.isEmpty()) {
      lines.add("  " + words.runbook() + " " + runbook);
    }
    lines.add("");
  }

  private static String subject(Notification notification, Words words) {
    PageGroup group = notification.group();
    if (notification.besides().gathered().isGiven()) {
      String line = words.mark(notification) + words.storm().subject(notification);
      return line.length() > MAX_SUBJECT ? line.substring(0, MAX_SUBJECT) + "…" : line;
    }
    String first = group.members().values().stream().findFirst().map(words::summary).orElse("");
    long count = notification.alerts();
    String text = words.mark(notification) + first + (count > 1 ? words.andOthers(count - 1) : "");
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > MAX_SUBJECT ? line.substring(0, MAX_SUBJECT) + "…" : line;
  }

  private static String html(List<String> lines, Language language) {
    StringBuilder html =
        new StringBuilder("<!doctype html><html lang=\"")
            .append(language.tag())
            .append("\"><body style=\"font-family:sans-serif\">");
    for (String line : lines) {
      String text = escaped(line);
      boolean link = line.startsWith("http://") || line.startsWith("https://");
      html.append("<div style=\"white-space:pre-wrap;min-height:1em\">")
          .append(link ? "<a href=\"" + text + "\">" + text + "</a>" : text)
          .append("</div>\n");
    }
    return html.append("</body></html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// The same in both languages.
  private record Words(Language language) {
    boolean ja() {
      return language == Language.JA;
    }

    String mark(Notification notification) {
      boolean page = notification.group().route().page();
      return switch (notification.reason()) {
        case RESOLVED -> ja() ? "【復旧】" : "[RESOLVED] ";
        case NOTE -> ja() ? "【お知らせ】" : "[NOTE] ";
        case STORM -> ja() ? "【多発】" : "[STORM] ";
        case STORM_OVER -> ja() ? "【多発終了】" : "[STORM OVER] ";
        case PARTLY_RESOLVED -> ja() ? "【一部復旧】" : "[PARTLY RESOLVED] ";
        case FIRST_ALERT, NEW_ALERTS, FLAPPING, STEADY, ESCALATED, REMINDER ->
            page ? (ja() ? "【障害】" : "[ALERT] ") : (ja() ? "【注意】" : "[NOTICE] ");
      };
    }

    String why(Notification notification) {
      int step = notification.step() + 1;
      Reason reason = notification.reason();
      return switch (reason) {
        case FIRST_ALERT -> ja() ? "次のアラートが発生しました。" : "These alerts began to fire.";
        case NEW_ALERTS -> ja() ? "新しいアラートが加わりました。" : "New alerts have joined.";
        case FLAPPING ->
            ja()
                ? "アラートが発生と復旧を繰り返しています。落ち着くまで、変化のたびの通知は行いません。"
                : "These alerts come and go. Until they are calm, their changes are not told.";
        case STEADY ->
            ja() ? "繰り返しは収まりましたが、アラートは継続しています。" : "They no longer come and go, and still fire.";
        case ESCALATED ->
            ja()
                ? "応答がないため、エスカレーションの第%d段階としてお知らせします。".formatted(step)
                : "Nobody has acknowledged: this is step %d of the escalation.".formatted(step);
        case REMINDER -> ja() ? "アラートが継続しています。" : "These alerts still fire.";
        case PARTLY_RESOLVED -> ja() ? "一部のアラートが復旧しました。" : "Some of the alerts are resolved.";
        case RESOLVED -> ja() ? "すべて復旧しました。" : "All alerts are resolved.";
        case STORM, STORM_OVER -> storm().why(reason);
        case NOTE -> ja() ? "アラートエンジンからのお知らせです。" : "A word from the alert engine:";
      };
    }

    StormWords storm() {
      return new StormWords(language);
    }

    String summary(Member member) {
      return annotation(member, "summary", member.labels().get("alertname"));
    }

    String description(Member member) {
      return annotation(member, "description", "");
    }

    private String annotation(Member member, String name, String otherwise) {
      String plain = member.annotations().getOrDefault(name, otherwise);
      return ja() ? member.annotations().getOrDefault(name + "_ja", plain) : plain;
    }

    String andOthers(long count) {
      return ja() ? " ほか%d件".formatted(count) : " and %d more".formatted(count);
    }

    String more(long count) {
      return ja() ? "ほか%d件のアラートがあります。".formatted(count) : "… and %d more alerts.".formatted(count);
    }

    String caused(int count) {
      return ja()
          ? "これが原因とみられる%d件のアラートは、個別に通知していません:".formatted(count)
          : "%d alerts are not told on their own, since this is taken for their cause:"
              .formatted(count);
    }

    String flapping(Flapping how) {
      String span = Durations.print(Duration.between(how.since(), how.until()));
      return ja()
          ? "断続: %sから%sの間に%d回変化".formatted(time(how.since()), span, how.changes())
          : "flapping: %d times in %s since %s".formatted(how.changes(), span, time(how.since()));
    }

    String since() {
      return ja() ? "発生:" : "since:";
    }

    String until() {
      return ja() ? "復旧:" : "until:";
    }

    String runbook() {
      return ja() ? "手順書:" : "runbook:";
    }

    String acknowledge() {
      return ja()
          ? "対応を引き受ける場合は、次のページで「応答する」を押してください。"
          : "To take this on, open this page and press \"Acknowledge\":";
    }

    String footer(PageGroup group) {
      return (ja() ? "グループ " : "group ") + group.id() + "  " + group.route().key();
    }

    String time(Instant at) {
      DateTimeFormatter format =
          ja()
              ? DateTimeFormatter.ofPattern("yyyy年M月d日(E) HH:mm:ss '日本時間'", Locale.JAPANESE)
              : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH);
      return format.format(at.atZone(ZoneId.of(ja() ? "Asia/Tokyo" : "UTC")));
    }
  }
}
