package hinomi.console;

import hinomi.model.BadInput;
import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.LogRecord;
import hinomi.model.Missing;
import hinomi.model.Text;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The other parts' side of the ports, in memory: what tests put in is shown, what people do is
/// written down.
final class Desk {
  final List<String> did = new CopyOnWriteArrayList<>();
  final Map<String, AlertGroup> groups = new ConcurrentHashMap<>();
  final Map<String, IncidentRecord> incidents = new ConcurrentHashMap<>();
  volatile List<ComponentStatus> components = List.of();
  volatile List<Host> hosts = List.of();
  volatile Supplier<List<AlertGroup>> alerts = () -> List.copyOf(groups.values());
  volatile Supplier<List<LiveAlert>> live = List::of;
  final Map<Labels, List<Hold>> holds = new ConcurrentHashMap<>();
  volatile List<RuleGroup> rules = List.of();
  volatile List<Silence> silences = List.of();
  volatile SilencePreview preview =
      new SilencePreview(Instant.EPOCH, true, List.of(), List.of(), 0, 0, 0, 0, List.of());
  volatile List<Explanation> explanations = List.of();
  volatile List<LogRecord> lines = List.of();
  volatile Found found = new Found.Samples(List.of(), List.of());
  volatile int series = 3;
  volatile Text draft = new Text("# 下書き\n", "# Draft\n");

  /// The sample night.
  static Desk night(Instant now) {
    Desk desk = new Desk();
    Samples.groups(now).forEach(group -> desk.groups.put(group.id(), group));
    for (Incident incident : List.of(Samples.incident(now), Samples.past(now))) {
      desk.incidents.put(incident.id(), Samples.record(incident));
    }
    desk.live = () -> Watched.alerts(now);
    desk.holds.putAll(Watched.holds(now));
    desk.rules = Watched.rules(now);
    desk.silences = Watched.silences(now);
    desk.preview = Watched.preview(now);
    desk.explanations = Watched.explanations(now);
    desk.components = Samples.components(now, Condition.DOWN);
    desk.hosts = Samples.hosts(now);
    desk.lines = Samples.lines(now);
    desk.found = Samples.samples();
    return desk;
  }

  static ConsoleConfig config() {
    return new ConsoleConfig(
        ZoneId.of("Asia/Tokyo"), Optional.of(URI.create("http://grafana.minato.example/")));
  }

  ConsolePorts ports() {
    return new ConsolePorts(
        new ConsolePorts.Alerts(
            _ -> alerts.get(),
            id -> Optional.ofNullable(groups.get(id)),
            (group, by, note) -> did.add("acknowledge " + group + " " + by + " " + note)),
        new ConsolePorts.Watching(() -> live.get(), this::holds, () -> rules, this::explain),
        new ConsolePorts.Silencing(
            () -> silences,
            this::preview,
            this::silence,
            (id, by) -> did.add("end " + id + " " + by),
            Duration.ofDays(30)),
        new ConsolePorts.Incidents(
            _ -> newest(),
            this::record,
            (id, stage, text, by) ->
                did.add(
                    "update " + id + " " + stage + " " + text.ja() + " " + text.en() + " " + by),
            (id, text, by) -> did.add("note " + id + " " + text + " " + by)),
        new ConsolePorts.Postmortems(
            _ -> draft,
            (id, text, by) -> did.add("save " + id + " " + text.ja() + " " + text.en() + " " + by),
            (id, by) -> did.add("publish " + id + " " + by)),
        new ConsolePorts.Data(
            _ -> components, _ -> hosts, this::search, this::instant, this::range),
        new ConsolePorts.Addresses(
            () -> URI.create("http://127.0.0.1:8480"), () -> URI.create("http://127.0.0.1:8481")));
  }

  private List<Incident> newest() {
    List<Incident> all =
        new ArrayList<>(incidents.values().stream().map(IncidentRecord::incident).toList());
    all.sort((a, b) -> b.startedAt().compareTo(a.startedAt()));
    return all;
  }

  private IncidentRecord record(String id) {
    IncidentRecord record = incidents.get(id);
    if (record == null) {
      throw new Missing("no incident \"" + id + "\"");
    }
    return record;
  }

  private List<LogRecord> search(LogSearch search) {
    int bad = search.text().indexOf("|~~");
    if (bad >= 0) {
      throw new BadInput("parse error at line 1, col " + (bad + 1) + ": syntax error", bad);
    }
    return lines;
  }

  private Map<Labels, List<Hold>> holds(Collection<Labels> alerts) {
    Map<Labels, List<Hold>> found = new HashMap<>(holds);
    found.keySet().retainAll(alerts);
    return found;
  }

  private List<Explanation> explain(String alert, Instant at, Language language) {
    refuseBad(alert);
    did.add("explain " + alert + " " + at + " " + language.tag());
    return explanations;
  }

  private SilencePreview preview(String matchers) {
    refuseBad(matchers);
    return preview;
  }

  private void silence(SilenceDraft draft) {
    refuseBad(draft.matchers());
    if (draft.comment().equals("too many")) {
      throw new BadInput(
          new Text("サイレンスが多すぎます", "exceeded maximum number of silences"), BadInput.NOWHERE);
    }
    did.add(
        "silence "
            + String.join(
                " ",
                draft.id(),
                draft.matchers(),
                draft.startsAt().map(Instant::toString).orElse("now"),
                draft.length().toString(),
                draft.owner(),
                draft.comment()));
  }

  private Found instant(String expression, Instant at) {
    refuseBad(expression);
    return found;
  }

  private Found.Lines range(String expression, Instant from, Instant to, Duration step) {
    refuseBad(expression);
    return Samples.lines(from, to, step, series);
  }

  private static void refuseBad(String expression) {
    int bad = expression.indexOf("~~");
    if (bad >= 0) {
      throw new BadInput("1:" + (bad + 1) + ": parse error: unexpected character: '~'", bad);
    }
  }
}
