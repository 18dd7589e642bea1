package hinomi.statuspage.render;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import java.time.Duration;
import java.util.List;

/// The bar of 90 days, one cell a day, as SVG.
///
/// A cell's height is the measured share of the day; what was not measured stays a thin line above
/// it. The part that was down stands at the bottom, never smaller than can be seen, and has a mark
/// below the lane. So the three are told apart by shape alone. The words are in each cell's title,
/// and in one sentence for who does not see it.
final class Bars {
  static final int DAYS = 90;
  private static final int LANE = 34;
  private static final int SMALLEST = 9;

  private Bars() {}

  static String svg(ComponentStatus component, Phrases phrases) {
    List<Day> days = component.days();
    List<Day> last = days.subList(Math.max(0, days.size() - DAYS), days.size());
    StringBuilder out = new StringBuilder(8_000);
    out.append(
            "<svg class=\"bar\" viewBox=\"0 0 900 40\" preserveAspectRatio=\"none\" role=\"img\"")
        .append(" focusable=\"false\" aria-label=\"")
        .append(Markup.escape(sentence(component, phrases)))
        .append("\">");
    int missing = DAYS - last.size();
    for (int i = 0; i < missing; i++) {
      out.append("<path class=\"n\" d=\"").append(unmeasured(i, 0)).append("\"/>");
    }
    for (int i = 0; i < last.size(); i++) {
      cell(out, missing + i, last.get(i), phrases);
    }
    return out.append("</svg>").toString();
  }

  private static void cell(StringBuilder out, int index, Day day, Phrases phrases) {
    Tally tally = day.tally();
    out.append("<g><title>").append(Markup.escape(title(day, phrases))).append("</title>");
    int height = height(tally);
    int top = LANE - height;
    int x = index * 10;
    if (top > 0) {
      out.append("<path class=\"n\" d=\"").append(unmeasured(index, height)).append("\"/>");
    }
    int down = down(tally, height);
    if (height > down) {
      out.append("<path class=\"u\" d=\"").append(block(x, top, height - down)).append("\"/>");
    }
    if (down > 0) {
      out.append("<path class=\"d\" d=\"")
          .append(block(x, LANE - down, down))
          .append(block(x, 37, 3))
          .append("\"/>");
    }
    out.append("</g>");
  }

  private static int height(Tally tally) {
    if (!tally.measured()) {
      return 0;
    }
    double share =
        (double) tally.up().plus(tally.down()).toMillis() / Math.max(1, tally.span().toMillis());
    // Only a day measured from end to end reaches the top.
    int most = tally.unknown().toSeconds() < 60 ? LANE : LANE - 4;
    return Math.clamp(Math.round(share * LANE), 2 * SMALLEST, most);
  }

  private static int down(Tally tally, int height) {
    Duration measured = tally.up().plus(tally.down());
    if (tally.down().isZero() || measured.isZero()) {
      return 0;
    }
    long part = Math.round((double) height * tally.down().toMillis() / measured.toMillis());
    return tally.up().isZero() ? height : Math.clamp(part, SMALLEST, height - 2);
  }

  private static String block(int x, int y, int height) {
    return "M" + x + " " + y + "h7v" + height + "h-7z";
  }

  private static String unmeasured(int index, int height) {
    int length = LANE - (height == 0 ? 0 : height + 2);
    return "M" + (index * 10 + 3) + " 0h1v" + length + "h-1z";
  }

  private static String title(Day day, Phrases phrases) {
    Tally tally = day.tally();
    String date = phrases.shortDay(day.date());
    if (!tally.measured()) {
      return phrases.say("bar.none", date);
    }
    StringBuilder title =
        new StringBuilder(
            phrases.say(
                "bar.day", date, phrases.percent(tally.up(), tally.up().plus(tally.down()))));
    if (!tally.down().isZero()) {
      title.append(phrases.say("bar.down", phrases.duration(tally.down())));
    }
    if (tally.unknown().toSeconds() >= 60) {
      title.append(phrases.say("bar.unknown", phrases.duration(tally.unknown())));
    }
    return title.toString();
  }

  private static String sentence(ComponentStatus component, Phrases phrases) {
    List<Day> days = component.days();
    long down = days.stream().filter(day -> !day.tally().down().isZero()).count();
    long measured = days.stream().filter(day -> day.tally().measured()).count();
    return phrases.say(
        "bar.sentence",
        phrases.of(component.name()),
        measured,
        down,
        phrases.duration(component.total().down()));
  }
}
