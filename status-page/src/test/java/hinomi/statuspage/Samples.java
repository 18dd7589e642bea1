package hinomi.statuspage;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Postmortem;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import hinomi.statuspage.snapshot.Identity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// An invented exchange in three situations.
final class Samples {
  static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  static final Instant NOW = Instant.parse("2026-11-21T08:30:05Z");

  private Samples() {}

  static Identity identity() {
    return new Identity(
        new Text("みなと取引所 稼働状況", "Minato Exchange Status"),
        URI.create("https://status.minato.example"),
        TOKYO,
        Duration.ofSeconds(60),
        "support@minato.example");
  }

  /// What the tree looks like when one condition differs.
  static List<ComponentStatus> components(Instant now, Condition trading) {
    Condition others = trading == Condition.UNKNOWN ? Condition.UNKNOWN : Condition.UP;
    List<ComponentStatus> all = new ArrayList<>();
    Random random = new Random(7);
    for (Spec spec :
        List.of(
            new Spec("trading", "", "取引", "Trading", "", "", trading),
            new Spec(
                "matching",
                "trading",
                "現物 注文・約定",
                "Spot orders and matching",
                "注文の受付、取消、約定",
                "Placing, cancelling and matching orders",
                trading),
            new Spec("rest", "trading", "取引API（REST）", "Trading API (REST)", "", "", others),
            new Spec("market-data", "", "市場データ", "Market data", "", "", others),
            new Spec(
                "stream",
                "market-data",
                "リアルタイム配信（WebSocket）",
                "Streaming (WebSocket)",
                "板、約定、ティッカーの配信",
                "Order book, trades and tickers",
                others),
            new Spec("transfers", "", "入出金", "Deposits and withdrawals", "", "", others),
            new Spec("crypto", "transfers", "暗号資産の入出庫", "Crypto", "", "", others),
            new Spec("btc-withdraw", "crypto", "BTC 出庫", "BTC withdrawals", "", "", others),
            new Spec("jpy", "transfers", "日本円の入出金", "Japanese yen", "", "", others),
            new Spec("login", "", "ログイン・二段階認証", "Login and two-factor", "", "", others))) {
      add(all, now, random, trading != Condition.UNKNOWN, spec);
    }
    return all;
  }

  private record Spec(
      String id,
      String parent,
      String ja,
      String en,
      String aboutJa,
      String aboutEn,
      Condition condition) {}

  private static void add(
      List<ComponentStatus> all, Instant now, Random random, boolean measured, Spec spec) {
    List<Day> days = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(now, TOKYO);
    Tally total = Tally.NONE;
    for (int i = 89; i >= 0; i--) {
      Duration length =
          i == 0
              ? Duration.between(today.atStartOfDay(TOKYO).toInstant(), now)
              : Duration.ofDays(1);
      Tally tally = tally(length, i, random, measured, spec.condition());
      days.add(new Day(today.minusDays(i), tally));
      total = total.plus(tally);
    }
    Instant since =
        measured
            ? spec.condition() == Condition.DOWN
                ? now.minusSeconds(1_925)
                : now.minusSeconds(400_000)
            : Instant.EPOCH;
    all.add(
        new ComponentStatus(
            spec.id(),
            spec.parent(),
            new Text(spec.ja(), spec.en()),
            new Text(spec.aboutJa(), spec.aboutEn()),
            spec.condition(),
            since,
            days,
            total,
            List.of("probe:internal-" + spec.id())));
  }

  private static Tally tally(
      Duration length, int ago, Random random, boolean measured, Condition condition) {
    if (!measured || ago > 77) {
      return new Tally(Duration.ZERO, Duration.ZERO, length);
    }
    Duration down = Duration.ZERO;
    Duration unknown = Duration.ZERO;
    if (ago == 0 && condition == Condition.DOWN) {
      down = Duration.ofSeconds(1_925);
    } else if (random.nextInt(40) == 0) {
      down = Duration.ofSeconds(random.nextInt(7_000));
    }
    if (ago != 0 && random.nextInt(45) == 0) {
      unknown = Duration.ofSeconds(3_600 + random.nextInt(40_000));
    }
    return new Tally(length.minus(down).minus(unknown), down, unknown);
  }

  static List<Incident> incidents(Instant now, boolean open) {
    List<Incident> all = new ArrayList<>();
    if (open) {
      all.add(open(now));
    }
    Instant past = now.minus(Duration.ofDays(3)).minusSeconds(5_423);
    all.add(
        new Incident(
            "20261118-1",
            new Text("リアルタイム配信の遅延について", "Delayed market data stream"),
            Impact.MINOR,
            Stage.RESOLVED,
            List.of("stream"),
            past,
            Optional.of(past.plusSeconds(2_537)),
            List.of(
                new Update(
                    1,
                    Stage.INVESTIGATING,
                    new Text("板情報の配信に遅延が発生しております。", "Order book updates arrive late."),
                    past.plusSeconds(300)),
                new Update(
                    2,
                    Stage.RESOLVED,
                    new Text("復旧いたしました。ご迷惑をおかけし深くお詫び申し上げます。", "Resolved. We apologise."),
                    past.plusSeconds(2_600))),
            Optional.of(new Postmortem(postmortem(), "障害対応責任者", past.plusSeconds(200_000)))));
    Instant older = Instant.parse("2026-09-04T15:10:00Z");
    all.add(
        new Incident(
            "20260905-1",
            new Text("日本円の出金の遅延について", "Delayed yen withdrawals"),
            Impact.MAJOR,
            Stage.RESOLVED,
            List.of("jpy", "retired"),
            older,
            Optional.of(older.plusSeconds(6_480)),
            List.of(),
            Optional.empty()));
    return all;
  }

  private static Incident open(Instant now) {
    Instant start = now.minusSeconds(1_925);
    return new Incident(
        "20261121-1",
        new Text("現物取引の注文がしづらい事象について", "Spot orders are being rejected"),
        Impact.CRITICAL,
        Stage.IDENTIFIED,
        List.of("matching", "rest"),
        start,
        Optional.empty(),
        List.of(
            new Update(
                1,
                Stage.INVESTIGATING,
                new Text(
                    "現在、現物取引の注文および取消が受け付けられにくい事象が発生しております。原因を調査しております。\n"
                        + "日本円および暗号資産の入出金に影響はありません。",
                    "New orders and cancellations on the spot market are being rejected. We"
                        + " are looking for the cause.\n"
                        + "Deposits and withdrawals are not affected."),
                start.plusSeconds(240)),
            new Update(
                2,
                Stage.IDENTIFIED,
                new Text(
                    "注文受付サーバーの切替処理が完了していないことが原因と判明いたしました。手動での切替を進めております。お預かりしている資産に影響はありません。\n"
                        + "次回のご案内: 17:45目途",
                    "A failover of the order gateway did not complete; we are switching over"
                        + " by hand. Customer assets are not affected.\n"
                        + "Next update by 17:45 JST."),
                start.plusSeconds(1_320))),
        Optional.empty());
  }

  private static Text postmortem() {
    return new Text(
        """
        # 要約

        配信サーバーの**再起動**により、板情報の配信が約42分遅延しました。

        ## 影響

        | 対象 | 影響 | 時間 |
        |---|---|--:|
        | 板情報 | 最大 8 秒の遅延 | 42分 |
        | 注文・約定 | 影響なし | – |

        ## 再発防止策

        1. 配信サーバーを二重化する（12月15日まで）
        2. 遅延の監視を `5s` から `1s` にする
        """,
        """
        # Summary

        A **restart** of the streaming server delayed the order book for 42 minutes.

        ## Impact

        | What | Effect | Time |
        |---|---|--:|
        | Order book | up to 8 s late | 42 min |
        | Orders | none | – |

        ## What we change

        1. A second streaming server by 15 December
        2. Watch the delay every `1s` instead of `5s`
        """);
  }
}
