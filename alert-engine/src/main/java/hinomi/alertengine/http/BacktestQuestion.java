package hinomi.alertengine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.backtest.BacktestPorts;
import hinomi.alertengine.backtest.LabelReader;
import hinomi.alertengine.backtest.Labelled;
import hinomi.alertengine.backtest.Plan;
import hinomi.alertengine.backtest.Setup;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.BadInput;
import hinomi.settings.Durations;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads what a backtest is asked, from JSON: `rules`, `against` and `on_call` are maps from a
/// file's name to its text, and mean the running ones when they are left out; `from` and `to` are
/// times, or lengths of time before now; `alertmanager` is the text of a routing tree; `incidents`
/// is the text of a file, and means the recorded ones when it is left out.
final class BacktestQuestion {
  private static final int MOST_DAYS = 400;

  private final JsonNode json;
  private final BacktestPorts ports;
  private final Mistakes mistakes = new Mistakes();

  private BacktestQuestion(JsonNode json, BacktestPorts ports) {
    this.json = json;
    this.ports = ports;
  }

  /// A question that cannot be understood is a [BadInput] that tells every mistake in its files.
  static Plan read(String text, BacktestPorts ports, Instant now) {
    try {
      return new BacktestQuestion(JsonMapper.builder().build().readTree(text), ports).plan(now);
    } catch (JsonProcessingException e) {
      throw new BadInput("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private Plan plan(Instant now) {
    Instant from = time("from", "30d", now);
    Instant to = time("to", "0s", now);
    to = to.isAfter(now) ? now : to;
    if (!from.isBefore(to)) {
      throw new BadInput("from: is not before to");
    }
    if (Duration.between(from, to).toDays() > MOST_DAYS) {
      throw new BadInput("from: at most " + MOST_DAYS + " days are replayed");
    }
    Setup running = ports.running();
    Setup before =
        new Setup(running.config(), rules("against"), running.routing(), running.topology());
    Setup after = new Setup(running.config(), rules("rules"), routing(running), running.topology());
    Plan plan =
        new Plan(
            before,
            after,
            from,
            to,
            length("ack_after"),
            zone(),
            incidents(from, to),
            json.path("as_it_ran").asBoolean(false));
    if (!mistakes.isEmpty()) {
      throw new BadInput(
          mistakes.all().stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    }
    return plan;
  }

  private AlertRules rules(String key) {
    if (!json.has(key)) {
      return ports.running().rules();
    }
    List<RuleGroup> groups = new ArrayList<>();
    files(key)
        .forEach((name, text) ->
            groups.addAll(AlertRules.parse(name, text, mistakes, ports.vocabulary()).groups()));
    return new AlertRules(groups);
  }

  private AlertRouting routing(Setup running) {
    if (!json.has("on_call") && !json.has("alertmanager")) {
      return running.routing();
    }
    OnCall onCall =
        json.has("on_call") ? OnCall.parse(files("on_call"), mistakes) : running.routing().onCall();
    return json.has("alertmanager")
        ? AlertRouting.of(
            Yaml.parse("alertmanager.yml", json.path("alertmanager").asText(), mistakes),
            running.config(),
            onCall,
            mistakes)
        : AlertRouting.read(running.config(), onCall, mistakes);
  }

  private Map<String, String> files(String key) {
    Map<String, String> files = new LinkedHashMap<>();
    json.path(key).properties().forEach(file -> files.put(file.getKey(), file.getValue().asText()));
    return files;
  }

  private List<Labelled> incidents(Instant from, Instant to) {
    return json.has("incidents")
        ? LabelReader.parse("incidents.yml", json.path("incidents").asText(), mistakes).stream()
            .filter(incident -> incident.from().isBefore(to) && incident.to().isAfter(from))
            .toList()
        : ports.incidents().between(from, to);
  }

  private Instant time(String key, String otherwise, Instant now) {
    String text = json.path(key).asText(otherwise);
    if (text.equals("now")) {
      return now;
    }
    Optional<Duration> ago = Durations.parse(text);
    if (ago.isPresent()) {
      return now.minus(ago.get());
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInput(
          key
              + ": expected a time like 2026-03-02T10:00:00+09:00 or a length of time before now"
              + " like 30d, got \""
              + text
              + "\"");
    }
  }

  private Optional<Duration> length(String key) {
    String text = json.path(key).asText("");
    Optional<Duration> length = Durations.parse(text);
    if (!text.isEmpty() && length.isEmpty()) {
      throw new BadInput(key + ": expected a length of time like 5m, got \"" + text + "\"");
    }
    return length;
  }

  private ZoneId zone() {
    String text = json.path("zone").asText("");
    try {
      return text.isEmpty() ? ports.zone() : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new BadInput("zone: expected a time zone like Asia/Tokyo, got \"" + text + "\"");
    }
  }
}
