package hinomi.console;

import hinomi.console.AlertGroup.Acknowledgement;
import hinomi.console.AlertGroup.Alert;
import hinomi.console.AlertGroup.Attempt;
import hinomi.console.AlertGroup.Climb;
import hinomi.console.AlertGroup.Delivery;
import hinomi.console.AlertGroup.State;
import hinomi.console.IncidentRecord.Entry;
import hinomi.console.IncidentRecord.Version;
import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A night at an exchange: matching is down, nobody has answered yet, a disk fills up slowly.
final class Samples {
  /// 03:12:45 in Tokyo.
  static final Instant NOW = Instant.parse("2026-11-20T18:12:45Z");

  static final String MATCHING = "g-matching";
  static final String DISK = "g-disk";

  private Samples() {}

  static List<AlertGroup> groups(Instant now) {
    return List.of(disk(now), matching(now));
  }

  static AlertGroup matching(Instant now) {
    Instant start = now.minusSeconds(222);
    return new AlertGroup(
        MATCHING,
        State.FIRING,
        true,
        "default",
        start,
        Optional.empty(),
        new Climb(
            1, Optional.of(now.plusSeconds(78)), List.of("person:sato", "channel:oncall-room")),
        Optional.empty(),
        List.of(
            new Alert(
                "histogram_quantile(0.99, sum by (le) (rate(match_seconds_bucket[1m]))) > 0.5",
                Labels.of(
                    "alertname", "MatchingSlow",
                    "component", "matching",
                    "instance", "match-01:9100",
                    "market", "BTC/JPY",
                    "severity", "page"),
                Map.of(
                    "summary", "Orders take longer than 500 ms at the 99th percentile",
                    "summary_ja", "約定処理の99パーセンタイルが0.5秒を超えています",
                    "runbook", "https://wiki.minato.example/runbooks/matching-slow"),
                0.973,
                start,
                Optional.empty()),
            new Alert(
                "rate(orders_rejected_total[1m]) > 5",
                Labels.of(
                    "alertname", "OrdersRejected", "component", "matching", "severity", "page"),
                Map.of("summary", "More than 5 orders a second are rejected"),
                15.25,
                start.plusSeconds(60),
                Optional.empty())),
        List.of(
            new Delivery(
                "person:sato",
                "first_alert",
                "sent",
                start.plusSeconds(5),
                List.of(
                    new Attempt(
                        1, start.plusSeconds(5), "pending", "connection refused: smtp.example:25"),
                    new Attempt(2, start.plusSeconds(15), "sent", "250 2.0.0 queued"))),
            new Delivery(
                "channel:oncall-room",
                "first_alert",
                "sent",
                start.plusSeconds(5),
                List.of(new Attempt(1, start.plusSeconds(5), "sent", "200")))));
  }

  static AlertGroup disk(Instant now) {
    Instant start = now.minus(Duration.ofHours(26));
    return new AlertGroup(
        DISK,
        State.ACKNOWLEDGED,
        false,
        "default",
        start,
        Optional.empty(),
        new Climb(1, Optional.empty(), List.of("person:tanaka")),
        Optional.of(new Acknowledgement("田中", "朝に拡張します", start.plusSeconds(900))),
        List.of(
            new Alert(
                "",
                Labels.of(
                    "alertname", "DiskFillsUp", "instance", "db-02:9100", "severity", "ticket"),
                Map.of("summary", "/data is full in 3 days"),
                3.2e11,
                start,
                Optional.empty())),
        List.of());
  }

  static Incident incident(Instant now) {
    Instant start = now.minusSeconds(222);
    return new Incident(
        "20261121-1",
        new Text("現物取引の注文がしづらい事象について", "Slow spot orders"),
        Impact.MAJOR,
        Stage.INVESTIGATING,
        List.of("matching"),
        start,
        Optional.empty(),
        List.of(
            new Update(
                1,
                Stage.INVESTIGATING,
                new Text("注文がしづらい状態です。\n原因を調査しています。", "Orders are slow.\nWe are looking into it."),
                start.plusSeconds(1))),
        Optional.empty());
  }

  static Incident past(Instant now) {
    Instant start = now.minus(Duration.ofDays(3));
    return new Incident(
        "20261118-1",
        new Text("リアルタイム配信の遅延について", "Delayed market data"),
        Impact.MINOR,
        Stage.RESOLVED,
        List.of("market-data"),
        start,
        Optional.of(start.plusSeconds(1500)),
        List.of(),
        Optional.empty());
  }

  static IncidentRecord record(Incident incident) {
    Instant start = incident.startedAt();
    return new IncidentRecord(
        incident,
        false,
        List.of(
            new IncidentRecord.Alert(
                "MatchingSlow", "page", start.minusSeconds(30), incident.resolvedAt())),
        List.of(
            new Entry(start, "opened", "", "MatchingSlow, impact major"),
            new Entry(start.plusSeconds(5), "page", "", "to sato: sent"),
            new Entry(start.plusSeconds(120), "note", "佐藤", "マッチングエンジンのGCを確認中")),
        incident.open()
            ? List.of()
            : List.of(
                new Version(
                    2,
                    new Text("# 概要\n\n配信が25分遅れた。", "# Summary\n\nMarket data was 25 min late."),
                    "佐藤",
                    start.plus(Duration.ofDays(1)))));
  }

  static List<ComponentStatus> components(Instant now, Condition matching) {
    return List.of(
        component("spot", "", new Text("現物取引", "Spot trading"), matching, now),
        component("matching", "spot", new Text("約定エンジン", "Matching"), matching, now),
        component("login", "", new Text("ログイン・二段階認証", "Login"), Condition.UP, now),
        component("withdrawals", "", new Text("暗号資産の出庫", "Withdrawals"), Condition.UNKNOWN, now));
  }

  private static ComponentStatus component(
      String id, String parent, Text name, Condition condition, Instant now) {
    return new ComponentStatus(
        id,
        parent,
        name,
        Text.same(""),
        condition,
        now.minusSeconds(222),
        List.of(),
        Tally.NONE,
        List.of());
  }

  static List<Host> hosts(Instant now) {
    return List.of(
        new Host("db-02:9100", now.minusSeconds(8)),
        new Host("gw-01:9100", now.minusSeconds(1260)),
        new Host("match-01:9100", now.minusSeconds(3)));
  }

  static List<LogRecord> lines(Instant now) {
    Labels gateway = Labels.of("job", "logs", "instance", "gw-01", "filename", "/var/log/gw.log");
    Labels engine = Labels.of("job", "logs", "instance", "match-01", "filename", "/var/log/m.log");
    long nanos = now.getEpochSecond() * 1_000_000_000L;
    return List.of(
        new LogRecord(
            engine,
            nanos - 1_250_000_000L,
            "GC pause 912 ms, order 7f3a waited",
            Labels.of("level", "warn")),
        new LogRecord(
            gateway,
            nanos - 2_000_000_000L,
            "注文を受け付けられません: timeout after 500 ms (order=7f39, market=BTC/JPY)",
            Labels.of("level", "error", "trace_id", "4bf92f3577b34da6")),
        new LogRecord(gateway, nanos - 3_000_000_000L, "order 7f38 accepted", Labels.EMPTY));
  }

  static Found.Samples samples() {
    return new Found.Samples(
        List.of(
            new Sample(Labels.of("instance", "db-02:9100"), 0, 0.127),
            new Sample(Labels.of("instance", "match-01:9100"), 0, 0.973)),
        List.of());
  }

  static Found.Lines lines(Instant from, Instant to, Duration step, int count) {
    List<Series> all = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int points = Math.toIntExact(Duration.between(from, to).dividedBy(step)) + 1;
      long[] times = new long[points];
      double[] values = new double[points];
      for (int i = 0; i < points; i++) {
        times[i] = from.toEpochMilli() + i * step.toMillis();
        double wave = Math.sin(i / 17.0 + s) * 0.2 + Math.sin(i / 3.0 + s * 7) * 0.03;
        values[i] = 0.4 + s * 0.05 + wave + (s == 0 && i > points * 0.8 ? 0.4 : 0);
        if (s == 1 && i > points / 3 && i < points / 2) {
          values[i] = Double.NaN;
        }
      }
      all.add(new Series(Labels.of("instance", "host-" + s + ":9100"), times, values));
    }
    return new Found.Lines(all, List.of());
  }
}
