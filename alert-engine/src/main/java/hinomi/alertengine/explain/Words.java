package hinomi.alertengine.explain;

import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.mute.Mute;
import hinomi.model.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// An [Explanation] in plain words, one line a fact.
///
/// @param zone in which times are said
/// @param nameOf what people call a target of deliveries
public record Words(Language language, ZoneId zone, UnaryOperator<String> nameOf) {
  /// In Tokyo's time in Japanese, in UTC in English.
  public Words(Language language, UnaryOperator<String> nameOf) {
    this(language, ZoneId.of(language == Language.JA ? "Asia/Tokyo" : "UTC"), nameOf);
  }

  public List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add(explanation.alert().toString());
    lines.add(verdict(explanation));
    if (!explanation.decided().isEmpty()) {
      lines.add("");
      lines.add(say("記録された判断:", "What was decided:"));
      explanation.decided().forEach(decision -> lines.add("  " + decided(decision, explanation)));
    }
    lines.add("");
    lines.add(
        explanation.decided().isEmpty()
            ? say("この時刻に発生した場合の経路:", "Where it would go if it fired then:")
            : say("現在の設定による経路:", "Where the present configuration sends it:"));
    explanation.routes().forEach(route -> lines.addAll(considered(route)));
    explanation
        .muted()
        .ifPresent(
            mute -> lines.add("  " + say("ただし通知は止められます: ", "but it is not told: ") + mute(mute)));
    return lines;
  }

  private boolean ja() {
    return language == Language.JA;
  }

  private String say(String ja, String en) {
    return ja() ? ja : en;
  }

  /// The answer in one line.
  public String verdict(Explanation explanation) {
    String at = time(explanation.at());
    if (explanation.decided().isEmpty()) {
      return explanation
          .pendingSince()
          .map(since ->
              say(
                  at + "の時点では保留中です（" + time(since) + "から）。発生していないため、誰にも通知されていません。",
                  "At "
                      + at
                      + " it was pending (since "
                      + time(since)
                      + "): it did not fire, so"
                      + " nobody was told."))
          .orElseGet(() ->
              say(
                  at + "までに発生した記録がありません。そのため誰にも通知されていません。",
                  "There is no record that it fired by " + at + ": so nobody was told."));
    }
    List<Decision> told =
        explanation.decided().stream().filter(decision -> isToldOf(decision, explanation)).toList();
    String state =
        explanation.fires()
            ? say(at + "の時点で発生中です。", "At " + at + " it fires. ")
            : say(at + "の時点では復旧しています。", "At " + at + " it is over. ");
    if (!told.isEmpty()) {
      Decision first = told.getFirst();
      return state
          + say(
              names(first.fact("targets")) + "に" + time(first.at()) + "に最初に通知しました。",
              names(first.fact("targets")) + " was told first, at " + time(first.at()) + ".");
    }
    return state + say("誰にも通知していません", "Nobody was told") + whyNot(explanation);
  }

  private String whyNot(Explanation explanation) {
    return explanation.decided().reversed().stream()
        .flatMap(decision -> reason(decision).stream())
        .findFirst()
        .map(reason -> say("（" + reason + "）。", ": " + reason + "."))
        .orElse(say("。", "."));
  }

  private Optional<String> reason(Decision decision) {
    return switch (decision.kind()) {
      case MUTED -> Optional.of(muted(decision));
      case SWALLOWED ->
          Optional.of(
              say(
                  "受信者「" + decision.fact("receiver") + "」には通知手段がないため",
                  "the receiver " + decision.fact("receiver") + " has no ways"));
      case WAITING ->
          Optional.of(say(until(decision) + "まで待機するため", "it waited until " + until(decision)));
      case FLAPPED ->
          Optional.of(say("断続状態の間は変化を通知しないため", "it flaps, and its changes are not told"));
      case BUNDLED ->
          Optional.of(
              say(
                  "通知が多すぎるため、次のまとめ通知に含める",
                  "there is too much to tell, and it goes into the next summary"));
      case ROUTED, UNMUTED, FLAPPING, STEADY, TOLD, ACKNOWLEDGED, ENDED, CLOSED_UNTOLD, CLOSED ->
          Optional.empty();
    };
  }

  private static String fingerprint(Explanation explanation) {
    return "%016x".formatted(explanation.alert().fingerprint());
  }

  private static boolean isToldOf(Decision decision, Explanation explanation) {
    return decision.kind() == Decision.Kind.TOLD
        && decision.isAbout(fingerprint(explanation))
        && !decision.fact("targets").isEmpty();
  }

  private String decided(Decision decision, Explanation explanation) {
    return time(decision.at()) + "  " + what(decision, explanation);
  }

  /// One decision, without its time.
  public String what(Decision decision, Explanation explanation) {
    return switch (decision.kind()) {
      case ROUTED ->
          say(
              "発生。経路 "
                  + decision.fact("node")
                  + " に一致し、受信者「"
                  + decision.fact("receiver")
                  + "」へ。グループ "
                  + decision.fact("labels"),
              "it fires; the route "
                  + decision.fact("node")
                  + " fits: receiver \""
                  + decision.fact("receiver")
                  + "\", group "
                  + decision.fact("labels"));
      case WAITING ->
          say(
              until(decision) + "まで待機（" + word(decision.fact("why")) + "）",
              "waits until " + until(decision) + " (" + decision.fact("why") + ")");
      case MUTED -> say("通知しない: ", "not told: ") + muted(decision);
      case UNMUTED -> say("通知の停止が終了", "no longer muted");
      case TOLD -> told(decision, explanation);
      case BUNDLED -> bundled(decision);
      case SWALLOWED ->
          say(
              "受信者「" + decision.fact("receiver") + "」には通知手段がないため、誰にも通知しない",
              "not told: the receiver \"" + decision.fact("receiver") + "\" has no ways");
      case ACKNOWLEDGED ->
          say(
              decision.fact("by") + "が応答。以後エスカレーションしない",
              "acknowledged by " + decision.fact("by") + ": nobody further up is told");
      case FLAPPING ->
          say(
              "断続状態: " + since(decision) + "から" + decision.fact("changes") + "回変化",
              "it flaps: " + decision.fact("changes") + " changes since " + since(decision));
      case FLAPPED ->
          say(
              "断続中の変化のため通知しない: " + word(decision.fact("state")),
              "not told, since it flaps: " + decision.fact("state"));
      case STEADY ->
          say(
              "断続状態が終了: " + word(decision.fact("state")),
              "it no longer flaps: " + decision.fact("state"));
      case ENDED -> say("復旧", "it is over");
      case CLOSED_UNTOLD ->
          say("誰にも通知しないうちにすべて復旧", "all of the group was over before anybody was told");
      case CLOSED -> say("グループのすべてが復旧", "all of the group is over");
    };
  }

  private String bundled(Decision decision) {
    String whom = names(decision.fact("targets"));
    String reason = decision.fact("reason").replace('_', ' ');
    return say(
        whom + "への通知（" + reason + "）は、通知が多すぎるため、まとめ通知に含める",
        "too much for " + whom + ": goes into the next summary (" + reason + ")");
  }

  private String told(Decision decision, Explanation explanation) {
    String reason = decision.fact("reason").replace('_', ' ');
    String without =
        isToldOf(decision, explanation) ? "" : say("（このアラートは含まれない）", " (not of this alert)");
    return say(
        names(decision.fact("targets")) + "に通知: " + word(decision.fact("reason")) + without,
        "told " + names(decision.fact("targets")) + ": " + reason + without);
  }

  /// A word of the record in Japanese, the configuration's own beside it where it is one.
  private static String word(String word) {
    return switch (word) {
      case "first_alert" -> "発生";
      case "new_alerts" -> "新たなアラート";
      case "flapping" -> "断続";
      case "steady" -> "断続の終了";
      case "escalated" -> "応答がないためエスカレーション";
      case "reminder" -> "再通知";
      case "partly_resolved" -> "一部復旧";
      case "resolved" -> "復旧";
      case "note" -> "お知らせ";
      case "firing" -> "発生中";
      case "group_wait" -> "最初の通知までの待機 group_wait";
      case "group_interval" -> "通知の間隔 group_interval";
      default -> word;
    };
  }

  private String names(String targets) {
    if (targets.isEmpty()) {
      return say("誰にもなし", "nobody");
    }
    return String.join(", ", List.of(targets.split(" ")).stream().map(nameOf).distinct().toList());
  }

  private String muted(Decision decision) {
    String until = decision.fact("until").isEmpty() ? "" : until(decision);
    String by = decision.fact("by");
    return switch (decision.fact("why")) {
      case "silenced" ->
          mutedWords(
              decision.fact("owner").isEmpty()
                  ? say("サイレンス " + by, "silenced by " + by)
                  : say(
                      decision.fact("owner")
                          + "のサイレンス（"
                          + decision.fact("comment")
                          + "、"
                          + by
                          + "）",
                      "silenced by "
                          + decision.fact("owner")
                          + " ("
                          + decision.fact("comment")
                          + "; silence "
                          + by
                          + ")"),
              until);
      case "inhibited" ->
          say(
              "発生中の " + by + " により抑制（規則 " + decision.fact("rule") + "）",
              "inhibited by " + by + ", which fires (rule " + decision.fact("rule") + ")");
      case "caused_by" ->
          mutedWords(
              say(
                  "上流のコンポーネント「" + decision.fact("rule") + "」の " + by + " が原因とみられるため",
                  "caused by "
                      + by
                      + ", which fires: the component \""
                      + decision.fact("rule")
                      + "\" is needed"),
              until);
      case "mute_time" -> mutedWords(say("時間帯 " + by, "muted in the time interval " + by), until);
      case "inactive_time" ->
          mutedWords(say("時間帯 " + by + " の外", "outside of the time interval " + by), until);
      default -> mutedWords(say("メンテナンス " + by, "maintenance " + by), until);
    };
  }

  private String mutedWords(String what, String until) {
    return until.isEmpty() ? what : what + say("、" + until + "まで", ", until " + until);
  }

  /// What keeps an alert from being told.
  public String mute(Mute mute) {
    return muted(
        Decision.ofAlert(
            Instant.EPOCH,
            Decision.Kind.MUTED,
            "",
            "",
            "why",
            mute.word(),
            "by",
            mute.by(),
            "owner",
            mute instanceof Mute.Silenced silenced ? silenced.owner() : "",
            "comment",
            mute instanceof Mute.Silenced silenced ? silenced.comment() : "",
            "rule",
            mute instanceof Mute.Inhibited inhibited
                ? inhibited.rule()
                : mute instanceof Mute.CausedBy caused ? caused.upstream() : "",
            "until",
            mute.until().equals(hinomi.alertengine.state.Alert.NEVER)
                ? ""
                : mute.until().toString()));
  }

  /// What a route says to an alert; if it takes it, also who is told.
  public List<String> considered(Explanation.Considered route) {
    List<String> lines = new ArrayList<>();
    String node = "  " + (route.takes() ? "→ " : "  ") + route.node() + "  ";
    lines.add(
        node
            + switch (route.why()) {
              case FITS -> say("一致", "fits");
              case REST -> say("ほかに一致する経路がない", "no other route fits");
              case NO_MATCH -> say("不一致: " + route.matchers(), "does not fit: " + route.matchers());
              case TAKEN ->
                  say(
                      "前の経路が受け取り済み（continue なし）",
                      "not asked: an earlier route took it without continue");
              case BELOW -> say("下位の経路が受け取る", "a route below takes it");
            });
    if (route.takes()) {
      lines.add(
          "      "
              + say("受信者「", "receiver \"")
              + route.receiver()
              + say("」: ", "\": ")
              + (route.whom().isEmpty()
                  ? say("誰にも通知しない", "nobody")
                  : String.join(", ", route.whom())));
      route
          .hours()
          .ifPresent(mute -> lines.add("      " + say("通知しない: ", "not told: ") + mute(mute)));
    }
    return lines;
  }

  private String since(Decision decision) {
    return time(Instant.parse(decision.fact("since")));
  }

  private String until(Decision decision) {
    return time(Instant.parse(decision.fact("until")));
  }

  private String time(Instant at) {
    DateTimeFormatter format =
        ja()
            ? DateTimeFormatter.ofPattern("M月d日 HH:mm:ss", Locale.JAPANESE)
            : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);
    return format.format(at.atZone(zone));
  }
}
