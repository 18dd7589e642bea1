package hinomi.console.render;

import hinomi.console.AlertBoard;
import hinomi.console.LiveAlert.State;
import hinomi.console.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What fires and what is about to, each with what keeps it from being told; below, the groups in
/// which people are told.
final class BoardPage {
  private final Paper paper;

  BoardPage(Paper paper) {
    this.paper = paper;
  }

  String print(Visit visit, AlertBoard board, AlertBoard.Filter filter) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = paper.sheet(visit, "alerts", p.say("alerts.title"));
    Paper.refreshing(model);
    model.put("desk", "alerts");
    Headline headline = headline(board, p);
    model.put("headline", headline);
    Paper.put(visit, model, "live", board.alerts());
    Paper.put(visit, model, "groups", board.groups());
    String watch = watch(board, p);
    model.put("watch", headline.note().equals(watch) ? "" : watch);
    model.put("filter", filter);
    model.put("q", filter.text());
    model.put("state", filter.state().map(BoardPage::word).orElse(""));
    model.put("tabs", tabs(board, filter, visit, p));
    model.put("action", "/alerts");
    return paper.print(visit, "alerts", model);
  }

  private static List<Tab> tabs(
      AlertBoard board, AlertBoard.Filter filter, Visit visit, Phrases p) {
    List<Tab> tabs = new ArrayList<>();
    if (board.alerts() instanceof Reading.Known<AlertBoard.Alerts> known) {
      AlertBoard.Alerts alerts = known.value();
      Map<State, Integer> counts = alerts.mentioned();
      tabs.add(
          new Tab(
              p.say("tab.all"),
              counts.values().stream().mapToInt(Integer::intValue).sum(),
              visit.links().alerts("", filter.text()),
              filter.state().isEmpty()));
      for (State state : State.values()) {
        boolean here = filter.state().filter(state::equals).isPresent();
        int count = counts.getOrDefault(state, 0);
        if (count > 0 || here) {
          tabs.add(
              new Tab(
                  p.constant("live", state),
                  count,
                  visit.links().alerts(word(state), filter.text()),
                  here));
        }
      }
    }
    return tabs;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Headline headline(AlertBoard board, Phrases p) {
    if (!(board.alerts() instanceof Reading.Known<AlertBoard.Alerts> known)) {
      return new Headline(
          "unknown", "?", p.say("headline.unreadable"), p.say("headline.unreadable.note"));
    }
    AlertBoard.Alerts alerts = known.value();
    int pending = alerts.count(State.PENDING);
    int firing = alerts.total() - pending;
    if (firing > 0) {
      return new Headline(
          alerts.loud() ? "down" : "watch",
          "!",
          p.say(firing == 1 ? "board.firing.one" : "board.firing", firing),
          besides(board, alerts, pending, p));
    }
    if (pending > 0) {
      return new Headline(
          "watch",
          "…",
          p.say(pending == 1 ? "board.pending.one" : "board.pending", pending),
          p.say("board.pending.note"));
    }
    return quiet(board, p);
  }

  private static String besides(
      AlertBoard board, AlertBoard.Alerts alerts, int pending, Phrases p) {
    List<String> notes = new ArrayList<>();
    if (alerts.held().orElse(0) > 0) {
      notes.add(p.say("board.held", alerts.held().orElse(0)));
    }
    if (pending > 0) {
      notes.add(p.say("board.besides", pending));
    }
    return notes.isEmpty() ? watch(board, p) : String.join(p.say("list.sentence"), notes);
  }

  /// That nothing fires says something only if somebody watches.
  private static Headline quiet(AlertBoard board, Phrases p) {
    String text = p.say("headline.quiet");
    String note = watch(board, p);
    boolean good =
        board.rules() instanceof Reading.Known<AlertBoard.Watch> known
            && known.value().rules() > 0
            && known.value().failing() == 0
            && known.value().late() == 0
            && known.value().last().isPresent();
    return good ? new Headline("up", "✓", text, note) : new Headline("unknown", "?", text, note);
  }

  /// Who watches, and how well.
  private static String watch(AlertBoard board, Phrases p) {
    return switch (board.rules()) {
      case Reading.Unreadable<AlertBoard.Watch> no ->
          p.say("watch.unreadable", no.words().in(p.language()));
      case Reading.Known<AlertBoard.Watch> known -> watch(known.value(), board.now(), p);
    };
  }

  private static String watch(AlertBoard.Watch watch, Instant now, Phrases p) {
    if (watch.rules() == 0) {
      return p.say("watch.none");
    }
    String text =
        watch
            .last()
            .map(at -> p.say("watch.rules", watch.rules(), p.brief(at, now), p.since(at, now)))
            .orElseGet(() -> p.say("watch.not-yet", watch.rules()));
    String failing = watch.failing() > 0 ? p.say("watch.failing", watch.failing()) : "";
    String late = watch.late() > 0 ? p.say("watch.late", watch.late()) : "";
    return text + failing + late;
  }
}
