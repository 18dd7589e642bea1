package hinomi.console;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What stands at the moment of the sample night: alerts in every state, what holds them back,
/// their rules and silences.
final class Watched {
  static final Labels SLOW =
      Labels.of(
          "alertname", "MatchingSlow",
          "component", "matching",
          "instance", "match-01:9100",
          "market", "BTC/JPY",
          "severity", "page");
  static final Labels DISK =
      Labels.of("alertname", "DiskFillsUp", "instance", "db-02:9100", "severity", "ticket");
  static final Labels FEED =
      Labels.of("alertname", "FeedGone", "component", "market-data", "severity", "page");
  static final Labels QUEUE =
      Labels.of("alertname", "WithdrawalQueueLong", "component", "withdrawals", "severity", "page");
  static final Labels GATEWAY =
      Labels.of("alertname", "GatewayDown", "severity", "critical", "site", "tyo1");
  static final String SILENCE = "6f3f8f0e-1111-4222-8333-444455556666";

  private Watched() {}

  static List<LiveAlert> alerts(Instant now) {
    return List.of(
        alert(QUEUE, LiveAlert.State.PENDING, now.minusSeconds(40), "queue > 100"),
        alert(DISK, LiveAlert.State.FIRING, now.minus(Duration.ofHours(26)), "disk_free < 0.1"),
        alert(FEED, LiveAlert.State.FLAPPING, now.minusSeconds(600), "feed == 0"),
        alert(SLOW, LiveAlert.State.FIRING, now.minusSeconds(222), "p99 > 0.5"),
        new LiveAlert(
            GATEWAY,
            Map.of("summary", "Gateway of tyo1 does not answer"),
            LiveAlert.State.FIRING,
            now.minusSeconds(90),
            Optional.empty(),
            OptionalDouble.empty(),
            "",
            "http://prometheus.tyo1.example/graph?g0.expr=up",
            false,
            0,
            List.of()));
  }

  private static LiveAlert alert(
      Labels labels, LiveAlert.State state, Instant since, String expression) {
    boolean pending = state == LiveAlert.State.PENDING;
    return new LiveAlert(
        labels,
        Map.of("summary", "in English", "summary_ja", "日本語で"),
        state,
        since,
        pending ? Optional.of(since.plusSeconds(300)) : Optional.empty(),
        OptionalDouble.of(0.973),
        expression,
        "",
        false,
        state == LiveAlert.State.FLAPPING ? 7 : 0,
        pending ? List.of() : List.of(Samples.MATCHING));
  }

  static Map<Labels, List<Hold>> holds(Instant now) {
    return Map.of(
        DISK,
        List.of(
            new Hold(
                "silenced",
                SILENCE,
                Optional.empty(),
                "田中",
                "朝に拡張します",
                Optional.of(now.plusSeconds(5400)))),
        FEED,
        List.of(
            new Hold("caused_by", "network", Optional.of(GATEWAY), "", "", Optional.empty()),
            new Hold(
                "maintenance",
                "router upgrade",
                Optional.empty(),
                "",
                "",
                Optional.of(now.plusSeconds(60)))));
  }

  static List<RuleGroup> rules(Instant now) {
    Optional<Instant> at = Optional.of(now.minusSeconds(3));
    return List.of(
        new RuleGroup(
            "/etc/hinomi/rules/matching.yaml",
            "matching",
            Duration.ofSeconds(15),
            at,
            Duration.ofMillis(12),
            List.of(
                rule("MatchingSlow", "p99 > 0.5", 1, 0, "", at),
                rule("WithdrawalQueueLong", "queue > 100", 0, 1, "", at),
                rule("BalancesDiffer", "a != on (x) b", 0, 0, "many-to-many matching", at),
                new RuleGroup.Rule(
                    true,
                    "exchange:orders:rate5m",
                    "sum(rate(orders_total[5m]))",
                    Duration.ZERO,
                    Map.of(),
                    false,
                    0,
                    0,
                    "",
                    at,
                    Duration.ofMillis(1)))),
        new RuleGroup(
            "/etc/hinomi/rules/late.yaml",
            "late",
            Duration.ofSeconds(15),
            Optional.of(now.minusSeconds(300)),
            Duration.ofMillis(12),
            List.of(rule("NobodyLooks", "up == 0", 0, 0, "", Optional.of(now.minusSeconds(300))))));
  }

  private static RuleGroup.Rule rule(
      String name, String expression, int firing, int pending, String error, Optional<Instant> at) {
    return new RuleGroup.Rule(
        false,
        name,
        expression,
        Duration.ofMinutes(5),
        Map.of("severity", "page", "component", "matching"),
        true,
        firing,
        pending,
        error,
        at,
        Duration.ofNanos(1_234_567));
  }

  static List<Silence> silences(Instant now) {
    return List.of(
        silence(SILENCE, Silence.State.ACTIVE, now.minusSeconds(1800), now.plusSeconds(5400)),
        silence("s-next", Silence.State.UPCOMING, now.plusSeconds(3600), now.plusSeconds(7200)),
        silence("s-past", Silence.State.EXPIRED, now.minusSeconds(7200), now.minusSeconds(3600)));
  }

  private static Silence silence(String id, Silence.State state, Instant from, Instant to) {
    boolean active = state == Silence.State.ACTIVE;
    return new Silence(
        id,
        state,
        "{alertname=\"DiskFillsUp\",instance=~\"db-.*\"}",
        "田中",
        "朝に拡張します",
        from,
        to,
        state == Silence.State.EXPIRED ? "by_hand" : "in_time",
        state == Silence.State.EXPIRED ? "鈴木" : "",
        active ? Optional.of(from) : Optional.empty(),
        active ? 1 : 0);
  }

  static SilencePreview preview(Instant now) {
    return new SilencePreview(
        now.minus(Duration.ofDays(30)),
        true,
        List.of(DISK),
        List.of(new SilencePreview.Past(DISK, 4, now.minusSeconds(90_000), now.minusSeconds(60))),
        2,
        1,
        3,
        1,
        List.of("田中"));
  }

  static List<Explanation> explanations(Instant now) {
    return List.of(
        new Explanation(
            SLOW,
            now,
            Explanation.State.FIRES,
            "It fires. Sato was told first.",
            List.of(
                new Explanation.Step(
                    now.minusSeconds(222), "routed", "it fires; the route fits", Samples.MATCHING),
                new Explanation.Step(
                    now.minusSeconds(221), "told", "told Sato: first alert", Samples.MATCHING),
                new Explanation.Step(now.minusSeconds(200), "muted", "silenced", ""),
                new Explanation.Step(now.minusSeconds(180), "muted", "silenced", ""),
                new Explanation.Step(now.minusSeconds(165), "muted", "silenced", "")),
            List.of(
                new Explanation.Route(
                    true, "{}", List.of("→ {}  no other route fits", "receiver \"default\": Sato")),
                new Explanation.Route(false, "{team=db}", List.of("{team=db}  does not fit"))),
            ""),
        new Explanation(
            DISK,
            now,
            Explanation.State.NEVER,
            "Nobody was told.",
            List.of(),
            List.of(),
            "silenced"));
  }

  /// Makes every text about alerts that the other parts give this one.
  static void speaking(Desk desk, Labels labels, String text, Instant now) {
    desk.live =
        () ->
            List.of(
                new LiveAlert(
                    labels,
                    Map.of("summary", text, "state_reason", text, "runbook", "javascript:1"),
                    LiveAlert.State.FLAPPING,
                    now,
                    Optional.empty(),
                    OptionalDouble.of(Double.NaN),
                    text,
                    text,
                    true,
                    3,
                    List.of(text)));
    desk.holds.put(
        labels,
        List.of(
            new Hold("silenced", text, Optional.of(labels), text, text, Optional.of(now)),
            new Hold(text, text, Optional.empty(), "", text, Optional.empty())));
    desk.rules = rules(text, Optional.of(now));
    desk.silences =
        List.of(
            new Silence(
                text,
                Silence.State.ACTIVE,
                text,
                text,
                text,
                now,
                now,
                text,
                text,
                Optional.of(now),
                1));
    desk.preview =
        new SilencePreview(
            now,
            false,
            List.of(labels),
            List.of(new SilencePreview.Past(labels, 1, now, now)),
            1,
            1,
            1,
            1,
            List.of(text));
    desk.explanations =
        List.of(
            new Explanation(
                labels,
                now,
                Explanation.State.OVER,
                text,
                List.of(new Explanation.Step(now, text, text, text)),
                List.of(new Explanation.Route(true, text, List.of(text, text))),
                text));
  }

  private static List<RuleGroup> rules(String text, Optional<Instant> at) {
    return List.of(
        new RuleGroup(
            text,
            text,
            Duration.ofSeconds(15),
            at,
            Duration.ZERO,
            List.of(
                new RuleGroup.Rule(
                    false,
                    text,
                    text,
                    Duration.ZERO,
                    Map.of("severity", text, "component", text),
                    false,
                    1,
                    1,
                    text,
                    at,
                    Duration.ZERO))));
  }
}
