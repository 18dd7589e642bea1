package hinomi.alertengine.backtest;

import hinomi.alertengine.group.Reason;
import hinomi.model.Language;
import java.time.Duration;

/// The words of a report.
record Words(Language language) {
  String of(String ja, String en) {
    return language == Language.JA ? ja : en;
  }

  String reason(Reason reason) {
    return switch (reason) {
      case FIRST_ALERT -> of("初回", "first");
      case NEW_ALERTS -> of("追加", "more");
      case FLAPPING -> of("ばたつき", "flapping");
      case STEADY -> of("安定", "steady");
      case ESCALATED -> of("段階上げ", "escalated");
      case REMINDER -> of("再通知", "reminder");
      case PARTLY_RESOLVED -> of("一部復旧", "partly over");
      case RESOLVED -> of("復旧", "over");
      case STORM -> of("多発のまとめ", "storm");
      case STORM_OVER -> of("多発終了", "storm over");
      case NOTE -> of("お知らせ", "note");
    };
  }

  String length(Duration length) {
    long seconds = length.toSeconds();
    return seconds < 120
        ? of(seconds + "秒", seconds + " s")
        : of("%.1f分".formatted(seconds / 60.0), "%.1f min".formatted(seconds / 60.0));
  }

  /// Text in columns of a terminal, where a character of Japanese takes two.
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - width(text)));
  }

  static int width(String text) {
    return text.codePoints().map(each -> isWide(each) ? 2 : 1).sum();
  }

  /// East Asian Wide and Fullwidth (Unicode Annex 11), as far as our texts and people's names go.
  private static boolean isWide(int codePoint) {
    return (codePoint >= 0x1100 && codePoint <= 0x115f)
        || (codePoint >= 0x2e80 && codePoint <= 0xa4cf)
        || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
        || (codePoint >= 0xf900 && codePoint <= 0xfaff)
        || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
        || (codePoint >= 0xff00 && codePoint <= 0xff60)
        || (codePoint >= 0xffe0 && codePoint <= 0xffe6);
  }
}
