package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Metadata;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Quoting;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// What there is to ask about, without its samples: `series`, `labels`, `label/…/values`,
/// `metadata`, `targets/metadata`, `query_exemplars`.
final class Lookups {
  private final PrometheusPorts.Lookups ports;
  private final PrometheusPorts.Targets targets;
  private final int maxAnswer;

  Lookups(PrometheusPorts.Lookups ports, PrometheusPorts.Targets targets, int maxAnswer) {
    this.ports = ports;
    this.targets = targets;
    this.maxAnswer = maxAnswer;
  }

  @FunctionalInterface
  private interface Lookup<T> {
    Collection<T> find(List<Matcher> matchers, long fromMillis, long toMillis);
  }

  /// What is found for any of the selectors, sorted; without selectors what there is at all.
  private static <T extends Comparable<T>> Collection<T> found(
      List<List<Matcher>> selectors, Params params, Lookup<T> lookup) {
    long from = params.millis("start", -Params.FARTHEST);
    long to = params.millis("end", Params.FARTHEST);
    if (selectors.size() <= 1) {
      List<Matcher> matchers = selectors.isEmpty() ? List.of() : selectors.getFirst();
      List<T> sorted = new ArrayList<>(lookup.find(matchers, from, to));
      sorted.sort(null); // little work, for most stores answer in order
      return sorted;
    }
    Set<T> united = new TreeSet<>();
    selectors.forEach(matchers -> united.addAll(lookup.find(matchers, from, to)));
    return united;
  }

  Reply series(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    List<List<Matcher>> selectors = params.requiredSelectors();
    return list(found(selectors, params, ports.series()::series), limit, JsonBytes::labels);
  }

  private <T> Reply list(Collection<T> found, int limit, BiConsumer<JsonBytes, T> element) {
    JsonBytes json = new JsonBytes(64L + 32L * Math.min(limit, found.size()), maxAnswer);
    return Envelope.list(found, limit, element, json);
  }

  Reply names(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    return list(found(params.selectors(), params, ports.names()::find), limit, JsonBytes::text);
  }

  Reply values(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    String label = EscapedNames.unescape(request.captured("name"));
    if (!Quoting.isLabelName(label)) {
      throw new BadInput("invalid label name: " + Quoting.quote(label), 0);
    }
    return list(
        found(
            params.selectors(),
            params,
            (matchers, from, to) -> ports.values().find(label, matchers, from, to)),
        limit,
        JsonBytes::text);
  }

  Reply metadata(Request request) {
    Params params = new Params(request);
    int limit = params.number("limit", -1, "limit must be a number");
    int each = params.number("limit_per_metric", -1, "limit_per_metric must be a number");
    String metric = params.text("metric");
    Map<String, List<Metadata>> all = new TreeMap<>(ports.metadata().all());
    Map<String, List<Map<String, String>>> shown = new LinkedHashMap<>();
    all.forEach((name, told) -> {
      boolean asked = metric.isEmpty() || metric.equals(name);
      if (asked && (limit < 0 || shown.size() < limit)) {
        shown.put(
            name,
            told.stream()
                .limit(each > 0 ? each : Integer.MAX_VALUE)
                .map(Lookups::metadata)
                .toList());
      }
    });
    return Envelope.success(shown);
  }

  private static Map<String, String> metadata(Metadata metadata) {
    Map<String, String> shape = new LinkedHashMap<>();
    shape.put("type", metadata.type());
    shape.put("help", metadata.help());
    shape.put("unit", metadata.unit());
    return shape;
  }

  /// Metadata of the metrics that a target sends: what is told of a metric belongs to everybody who
  /// has series of it, for pushes mix what scrapes keep apart.
  Reply targetMetadata(Request request) {
    Params params = new Params(request);
    int limit = params.number("limit", -1, "limit must be a number");
    String metric = params.text("metric");
    List<Matcher> matchers = params.selector("match_target");
    Map<String, List<Metadata>> all = new TreeMap<>(ports.metadata().all());
    List<Map<String, Object>> shapes = new ArrayList<>();
    for (Target target : targets.all()) {
      if (Matcher.allMatch(matchers, target.labels())) {
        for (String name : metrics(target)) {
          boolean asked = metric.isEmpty() || metric.equals(name);
          for (Metadata told : asked ? all.getOrDefault(name, List.of()) : List.<Metadata>of()) {
            if (limit < 0 || shapes.size() < limit) {
              shapes.add(targetMetadata(target, told, metric.isEmpty()));
            }
          }
        }
      }
    }
    return Envelope.success(shapes);
  }

  private Collection<String> metrics(Target target) {
    List<Matcher> own = new ArrayList<>();
    target.labels().forEach((name, value) -> own.add(Matcher.equal(name, value)));
    return new TreeSet<>(ports.values().find(Labels.NAME, own, -Params.FARTHEST, Params.FARTHEST));
  }

  private static Map<String, Object> targetMetadata(Target target, Metadata told, boolean named) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("target", target.labels().toMap());
    if (named) {
      shape.put("metric", told.metric());
    }
    shape.putAll(metadata(told));
    return shape;
  }

  /// Of all selectors of an expression.
  Reply exemplars(Request request) {
    Params params = new Params(request);
    long from = params.millis("start", -Params.FARTHEST);
    long to = params.millis("end", Params.FARTHEST);
    if (to < from) {
      throw new BadInput("end timestamp must not be before start timestamp", 0);
    }
    String query = params.text("query");
    PromQl.check(query);
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    for (List<Matcher> matchers : selectors(Parser.parse(query), new ArrayList<>())) {
      found.putAll(ports.exemplars().find(matchers, from, to));
    }
    JsonBytes json = new JsonBytes(64 + 400L * found.size(), maxAnswer);
    json.raw("{\"status\":\"success\",\"data\":[");
    found.forEach((series, exemplars) -> {
      json.raw("{\"seriesLabels\":").labels(series).raw(",\"exemplars\":[");
      exemplars.forEach(exemplar -> exemplar(exemplar, json));
      json.end(']').raw("},");
    });
    return Envelope.json(json.end(']').raw("}"));
  }

  private static List<List<Matcher>> selectors(Expr expr, List<List<Matcher>> into) {
    if (expr instanceof Expr.Selector selector) {
      into.add(selector.matchers());
    }
    expr.parts().forEach(part -> selectors(part, into));
    return into;
  }

  private static void exemplar(Exemplar exemplar, JsonBytes json) {
    json.raw("{\"labels\":").labels(exemplar.labels());
    json.raw(",\"value\":").quoted(exemplar.value());
    json.raw(",\"timestamp\":").seconds(exemplar.timestamp()).raw("},");
  }
}
