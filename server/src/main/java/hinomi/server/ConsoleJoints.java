package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.state.Alert;
import hinomi.console.AlertGroup;
import hinomi.console.ConsolePorts;
import hinomi.console.Found;
import hinomi.console.Host;
import hinomi.console.IncidentRecord;
import hinomi.console.LogSearch;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.incidentrecords.manual.NewUpdate;
import hinomi.incidentrecords.record.Details;
import hinomi.logindexer.LineFilter;
import hinomi.logindexer.LogIndex;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.logql.Expr;
import hinomi.logindexer.logql.Parser;
import hinomi.logindexer.words.WordQuery;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.servicelevels.ServiceLevels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the console asks, answered by the parts.
final class ConsoleJoints {
  /// When each host was heard of last: now, or by the minute in the last hours.
  private static final String HEARD =
      "max by (instance) (timestamp(node_time_seconds))"
          + " or max by (instance) (max_over_time(timestamp(node_time_seconds)[6h:1m]))";

  private final AlertEngine alerts;
  private final IncidentRecords incidents;
  private final ServiceLevels levels;
  private final LogIndex logs;
  private final PromQl promql;

  ConsoleJoints(
      AlertEngine alerts,
      IncidentRecords incidents,
      ServiceLevels levels,
      LogIndex logs,
      PromQl promql) {
    this.alerts = alerts;
    this.incidents = incidents;
    this.levels = levels;
    this.logs = logs;
    this.promql = promql;
  }

  ConsolePorts ports(ConsolePorts.Addresses addresses) {
    return new ConsolePorts(
        new ConsolePorts.Alerts(this::newest, this::find, alerts::acknowledge),
        new ConsolePorts.Incidents(
            incidents::published,
            id -> record(incidents.details(id)),
            (id, stage, text, by) -> incidents.update(id, new NewUpdate(stage, text, by)),
            incidents::note),
        new ConsolePorts.Postmortems(
            incidents::draft, incidents::savePostmortem, incidents::publishPostmortem),
        new ConsolePorts.Data(
            levels::at,
            this::hosts,
            this::search,
            (expression, at) -> found(promql.instant(expression, at)),
            this::course),
        addresses);
  }

  /// Without deliveries, which lists do not show.
  private List<AlertGroup> newest(int closed) {
    List<PageGroup> all = new ArrayList<>(alerts.journal().openGroups());
    Set<String> seen = new LinkedHashSet<>();
    if (closed > 0) {
      all.addAll(alerts.journal().latestGroups(closed + all.size()));
    }
    Map<Labels, Double> values = values();
    return all.stream()
        .filter(group -> seen.add(group.id()))
        .map(group -> group(group, values, List.of()))
        .toList();
  }

  private Optional<AlertGroup> find(String id) {
    return alerts
        .journal()
        .group(id)
        .map(group ->
            group(
                group,
                values(),
                alerts.journal().outbox().ofGroup(id).stream().map(this::delivery).toList()));
  }

  /// What the expressions of firing alerts came to last; a group knows only the values it told.
  private Map<Labels, Double> values() {
    Map<Labels, Double> values = new HashMap<>();
    alerts.rules().stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.phase() == Alert.Phase.FIRING)
        .forEach(alert -> values.put(alert.labels(), alert.value()));
    return values;
  }

  private AlertGroup group(
      PageGroup group, Map<Labels, Double> values, List<AlertGroup.Delivery> deliveries) {
    Climb climb = group.climb();
    boolean taken = group.acknowledgement().isGiven();
    return new AlertGroup(
        group.id(),
        !group.isOpen()
            ? AlertGroup.State.RESOLVED
            : taken ? AlertGroup.State.ACKNOWLEDGED : AlertGroup.State.FIRING,
        group.route().page(),
        group.route().ladder(),
        group.openedAt(),
        come(group.closedAt()),
        new AlertGroup.Climb(
            climb.step(), come(climb.stepAt()), climb.reached().stream().map(this::named).toList()),
        taken
            ? Optional.of(
                new AlertGroup.Acknowledgement(
                    group.acknowledgement().by(),
                    group.acknowledgement().note(),
                    group.acknowledgement().at()))
            : Optional.empty(),
        group.members().values().stream().map(member -> alert(member, values)).toList(),
        deliveries);
  }

  private static AlertGroup.Alert alert(Member member, Map<Labels, Double> values) {
    return new AlertGroup.Alert(
        member.expression(),
        member.labels(),
        member.annotations(),
        member.isFiring() ? values.getOrDefault(member.labels(), member.value()) : member.value(),
        member.startsAt(),
        come(member.endsAt()));
  }

  private AlertGroup.Delivery delivery(Delivery delivery) {
    return new AlertGroup.Delivery(
        named(delivery.target()),
        delivery.notification().reason().word(),
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.createdAt(),
        alerts.journal().outbox().attempts(delivery.id()).stream()
            .map(attempt ->
                new AlertGroup.Attempt(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.outcome().toLowerCase(Locale.ROOT),
                    attempt.detail()))
            .toList());
  }

  /// A target as people call it, behind its kind: `person:佐藤`.
  private String named(String target) {
    int colon = target.indexOf(':');
    return colon < 0 ? target : target.substring(0, colon + 1) + alerts.nameOf(target);
  }

  private static Optional<Instant> come(Instant at) {
    return at.equals(Alert.NEVER) ? Optional.empty() : Optional.of(at);
  }

  private IncidentRecord record(Details details) {
    return new IncidentRecord(
        details.incident(),
        details.byPerson(),
        details.alerts().stream()
            .map(alert ->
                new IncidentRecord.Alert(
                    alert.name(), alert.severity(), alert.activeAt(), alert.resolvedAt()))
            .toList(),
        details.timeline().stream()
            .map(entry ->
                new IncidentRecord.Entry(entry.at(), entry.kind(), entry.who(), entry.text()))
            .toList(),
        incidents.postmortems(details.incident().id()).stream()
            .map(version ->
                new IncidentRecord.Version(
                    version.number(), version.markdown(), version.author(), version.at()))
            .toList());
  }

  private List<Host> hosts(Instant now) {
    return promql.vector(HEARD, now).stream()
        .map(sample ->
            new Host(
                sample.labels().get("instance"),
                Instant.ofEpochMilli(Math.round(sample.value() * 1000))))
        .sorted(Comparator.comparing(Host::name))
        .toList();
  }

  private List<LogRecord> search(LogSearch search) {
    long from = nanos(search.from());
    long to = nanos(search.to());
    if (search.isLogQl()) {
      return logs.search(
          Parser.parseLogs(search.text())
              .query(from, to, search.limit(), LogQuery.Direction.BACKWARD));
    }
    List<LineFilter> words =
        search.text().isEmpty()
            ? List.of()
            : List.of(new LineFilter.Words(new WordQuery(search.text())));
    return logs.search(
        new Expr.Logs(List.of(), words, List.of())
            .query(from, to, search.limit(), LogQuery.Direction.BACKWARD));
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private Found.Lines course(String expression, Instant from, Instant to, Duration step) {
    Answer answer = promql.range(expression, from, to, step);
    if (answer instanceof Answer.Matrix matrix) {
      return new Found.Lines(matrix.series(), remarks(answer));
    }
    throw new IllegalStateException("BUG: a range query came to no matrix");
  }

  private static Found found(Answer answer) {
    return switch (answer) {
      case Answer.Vector vector -> new Found.Samples(vector.samples(), remarks(vector));
      case Answer.Matrix matrix -> new Found.Lines(matrix.series(), remarks(matrix));
      case Answer.Scalar scalar ->
          new Found.Samples(
              List.of(new Sample(Labels.EMPTY, scalar.timestamp(), scalar.value())),
              remarks(scalar));
      case Answer.Text text -> new Found.Words(text.value(), remarks(text));
    };
  }

  private static List<String> remarks(Answer answer) {
    List<String> remarks = new ArrayList<>(answer.warnings());
    remarks.addAll(answer.infos());
    return remarks;
  }
}
