package hinomi.console.render;

import hinomi.console.AlertGroup;
import hinomi.console.ConsoleConfig;
import hinomi.console.ConsolePorts;
import hinomi.console.Host;
import hinomi.console.Overview;
import hinomi.console.Reading;
import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import hinomi.model.Incident;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Everything at one glance: what fires, who has it, what customers know, what is measured.
final class OverviewPage {
  /// A host that was not heard of for so long is called silent.
  private static final Duration SILENT = Duration.ofMinutes(2);

  private final Paper paper;
  private final ConsoleConfig config;

  OverviewPage(Paper paper, ConsoleConfig config) {
    this.paper = paper;
    this.config = config;
  }

  /// A host as it is shown.
  record HostRow(String name, String age, boolean silent) {}

  String print(Visit visit, Overview overview, ConsolePorts.Addresses addresses) {
    Phrases p = paper.phrases(visit);
    Headline headline = headline(overview, p);
    Map<String, Object> model = paper.sheet(visit, "overview", headline.text());
    Paper.refreshing(model);
    model.put("headline", headline);
    Paper.put(visit, model, "groups", overview.alerts());
    Paper.put(visit, model, "incidents", overview.incidents());
    Paper.put(visit, model, "components", overview.components());
    switch (overview.hosts()) {
      case Reading.Known<List<Host>> hosts ->
          model.put(
              "hosts",
              hosts.value().stream()
                  .map(host ->
                      new HostRow(
                          host.name(),
                          p.since(host.lastSample(), overview.now()),
                          silent(host, overview.now())))
                  .toList());
      case Reading.Unreadable<List<Host>> unreadable ->
          model.put("hostsError", unreadable.words().in(visit.language()));
    }
    model.put("status", addresses.status().uri().toString());
    model.put("source", addresses.own().uri().toString());
    model.put("grafana", config.grafana().map(URI::toString).orElse(""));
    return paper.print(visit, "overview", model);
  }

  private static boolean silent(Host host, Instant now) {
    return Duration.between(host.lastSample(), now).compareTo(SILENT) > 0;
  }

  static Headline headline(Overview overview, Phrases p) {
    if (!(overview.alerts() instanceof Reading.Known<List<AlertGroup>> known)) {
      return new Headline(
          "unknown", "?", p.say("headline.unreadable"), p.say("headline.unreadable.note"));
    }
    List<AlertGroup> groups = known.value();
    long open = groups.stream().filter(group -> group.state() == AlertGroup.State.FIRING).count();
    boolean pages =
        groups.stream().anyMatch(group -> group.state() == AlertGroup.State.FIRING && group.page());
    if (open > 0) {
      return new Headline(
          pages ? "down" : "watch",
          "!",
          p.say(open == 1 ? "headline.open.one" : "headline.open", open),
          p.say(
              groups.size() == open ? "headline.open.note" : "headline.open.note.others",
              groups.size() - open));
    }
    if (!groups.isEmpty()) {
      return new Headline(
          "watch", "…", p.say("headline.handled", groups.size()), p.say("headline.handled.note"));
    }
    if (deaf(overview)) {
      return new Headline("unknown", "?", p.say("headline.deaf"), p.say("headline.deaf.note"));
    }
    return quiet(overview, p);
  }

  private static Headline quiet(Overview overview, Phrases p) {
    String text = p.say("headline.quiet");
    if (overview.incidents() instanceof Reading.Known<List<Incident>> incidents
        && !incidents.value().isEmpty()) {
      return new Headline("watch", "…", text, p.say("headline.quiet.incident"));
    }
    boolean good =
        overview.incidents() instanceof Reading.Known<List<Incident>>
            && overview.components() instanceof Reading.Known<List<ComponentStatus>> components
            && components.value().stream().allMatch(c -> c.condition() == Condition.UP)
            && overview.hosts() instanceof Reading.Known<List<Host>> hosts
            && hosts.value().stream().noneMatch(host -> silent(host, overview.now()));
    return good
        ? new Headline("up", "✓", text, p.say("headline.quiet.note"))
        : new Headline("unknown", "?", text, p.say("headline.quiet.partly"));
  }

  /// Silence is not health: nothing can fire where nothing is heard.
  private static boolean deaf(Overview overview) {
    return overview.hosts() instanceof Reading.Known<List<Host>> hosts
        && hosts.value().stream().allMatch(host -> silent(host, overview.now()));
  }
}
