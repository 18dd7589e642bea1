package hinomi.statuspage.render;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.statuspage.snapshot.Node;
import java.time.Instant;
import java.util.List;

/// Components in the words of the templates.
final class ComponentViews {
  /// From how many components on groups in which all is well are folded.
  private static final int FOLD = 40;

  private final Phrases phrases;
  private final Links links;

  ComponentViews(Phrases phrases, Links links) {
    this.phrases = phrases;
    this.links = links;
  }

  /// A line of the list.
  ///
  /// @param condition `up`, `down` or `unknown`
  /// @param since empty where it does not matter
  /// @param bar SVG; empty for a group
  /// @param open whether the group's children are unfolded
  record Row(
      String href,
      String name,
      String description,
      String condition,
      String sign,
      String word,
      String since,
      String bar,
      Numbers numbers,
      boolean open,
      List<Row> children) {
    public boolean group() {
      return !children.isEmpty();
    }
  }

  /// The measured figures, as printed.
  ///
  /// @param measured whether there are any
  /// @param coverage share of the time that was measured
  record Numbers(
      boolean measured, String uptime, String coverage, String up, String down, String unknown) {}

  /// A day of which something is to be told.
  record Line(String date, String uptime, String down, String unknown, boolean outage) {}

  List<Row> rows(List<Node> nodes, Instant now) {
    boolean fold = nodes.stream().flatMap(Node::all).count() > FOLD;
    return nodes.stream().map(node -> row(node, now, fold)).toList();
  }

  private Row row(Node node, Instant now, boolean fold) {
    ComponentStatus status = node.status();
    return new Row(
        links.to(Links.component(node.id())),
        phrases.of(status.name()),
        phrases.of(status.description()),
        Keys.word(node.condition()),
        Signs.of(node.condition()),
        phrases.say(Keys.of("condition", node.condition())),
        since(node, now),
        node.group() ? "" : Bars.svg(status, phrases),
        numbers(status.total()),
        !fold || node.all().anyMatch(one -> one.condition() != Condition.UP),
        node.children().stream().map(child -> row(child, now, fold)).toList());
  }

  private String since(Node node, Instant now) {
    return node.condition() == Condition.UP
        ? ""
        : node.since().map(at -> phrases.say("since", phrases.brief(at, now))).orElse("");
  }

  Numbers numbers(Tally tally) {
    return new Numbers(
        tally.measured(),
        phrases.percent(tally.up(), tally.up().plus(tally.down())),
        phrases.percent(tally.up().plus(tally.down()), tally.span()),
        phrases.duration(tally.up()),
        phrases.duration(tally.down()),
        phrases.duration(tally.unknown()));
  }

  /// The days that were not measured and up from end to end, newest first.
  List<Line> lines(ComponentStatus status) {
    return status.days().reversed().stream()
        .filter(day -> day.tally().measured())
        .filter(day -> !day.tally().down().isZero() || day.tally().unknown().toSeconds() >= 60)
        .map(this::line)
        .toList();
  }

  private Line line(Day day) {
    Numbers numbers = numbers(day.tally());
    return new Line(
        phrases.day(day.date()),
        numbers.uptime(),
        day.tally().down().isZero() ? "–" : numbers.down(),
        day.tally().unknown().toSeconds() < 60 ? "–" : numbers.unknown(),
        !day.tally().down().isZero());
  }
}
