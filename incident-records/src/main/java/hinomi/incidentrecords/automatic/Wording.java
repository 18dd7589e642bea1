package hinomi.incidentrecords.automatic;

import hinomi.model.Incident.Impact;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// What the program says in public by itself. Customers read this: it names the component as they
/// know it, says what was measured, and no word of labels, hosts or rules. The English is written
/// for its readers, not translated.
public final class Wording {
  private static final Text SERVICE = new Text("対象サービス", "the service");

  private final ZoneId zone;

  public Wording(ZoneId zone) {
    this.zone = zone;
  }

  Text title(Text component, Impact impact) {
    Text name = named(component);
    return switch (impact) {
      case NONE, MINOR -> new Text(name.ja() + "が不安定な事象について", capital(name.en()) + ": degraded");
      case MAJOR -> new Text(name.ja() + "の障害について", capital(name.en()) + ": service disruption");
      case CRITICAL -> new Text(name.ja() + "の重大な障害について", capital(name.en()) + ": major outage");
    };
  }

  Text opened(Text component, Impact impact, Instant since) {
    Text name = named(component);
    return switch (impact) {
      case NONE, MINOR ->
          new Text(
              ja(since)
                  + "頃より、"
                  + name.ja()
                  + "が不安定な状態となっております。現在、原因を調査しております。"
                  + "ご迷惑をおかけし、お詫び申し上げます。",
              capital(name.en())
                  + " has been degraded since about "
                  + en(since)
                  + ". We are investigating the cause, and we are sorry for the trouble.");
      case MAJOR, CRITICAL ->
          new Text(
              ja(since)
                  + "頃より、"
                  + name.ja()
                  + "において障害が発生しております。現在、影響範囲と原因を調査しております。"
                  + "ご迷惑をおかけし、深くお詫び申し上げます。",
              capital(name.en())
                  + " has not been working properly since about "
                  + en(since)
                  + ". We are investigating what is affected and why, and we are sorry for the"
                  + " trouble.");
    };
  }

  Text again(Text component, Instant since) {
    Text name = named(component);
    return new Text(
        ja(since)
            + "頃より、"
            + name.ja()
            + "において再び異常を検知しております。引き続き原因を調査しております。"
            + "ご迷惑をおかけし、深くお詫び申し上げます。",
        capital(name.en())
            + " is failing again, since about "
            + en(since)
            + ". We are still investigating the cause, and we are sorry for the trouble.");
  }

  Text recovered(Text component, Instant at) {
    Text name = named(component);
    return new Text(
        ja(at) + "頃、" + name.ja() + "の回復を計測により確認いたしました。現在、再発がないか経過を観察しております。",
        capital(name.en())
            + " has been working again since about "
            + en(at)
            + ", as we measure it. We are watching that it stays so.");
  }

  Text resolved(Text component, Instant from, Instant to) {
    Text name = named(component);
    Duration length = Duration.between(from, to);
    return new Text(
        name.ja()
            + "は復旧いたしました。影響のあった時間は、"
            + ja(from)
            + "頃から"
            + ja(to)
            + "頃まで("
            + lengthJa(length)
            + ")です。ご迷惑をおかけし、深くお詫び申し上げます。",
        capital(name.en())
            + " is working normally. It was affected from about "
            + en(from)
            + " to about "
            + en(to)
            + " ("
            + lengthEn(length)
            + "). We apologise for the trouble.");
  }

  private static Text named(Text component) {
    return new Text(
        component.ja().isEmpty() ? SERVICE.ja() : component.ja(),
        component.en().isEmpty() ? SERVICE.en() : component.en());
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ENGLISH) + name.substring(1);
  }

  private String ja(Instant at) {
    return DateTimeFormatter.ofPattern("yyyy年M月d日(E)H:mm", Locale.JAPANESE).format(at.atZone(zone))
        + "("
        + zone.getDisplayName(TextStyle.FULL, Locale.JAPANESE)
        + ")";
  }

  private String en(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm 'on' d MMMM yyyy", Locale.ENGLISH)
            .format(at.atZone(zone))
        + " ("
        + zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        + ")";
  }

  private static String lengthJa(Duration length) {
    long minutes = length.plusSeconds(30).toMinutes();
    if (minutes < 1) {
      return "1分未満";
    }
    return "約" + (minutes < 60 ? "" : minutes / 60 + "時間") + (minutes % 60) + "分間";
  }

  private static String lengthEn(Duration length) {
    long minutes = length.plusSeconds(30).toMinutes();
    if (minutes < 1) {
      return "less than a minute";
    }
    String rest = minutes % 60 + " min";
    return "about " + (minutes < 60 ? rest : minutes / 60 + " h " + rest);
  }
}
