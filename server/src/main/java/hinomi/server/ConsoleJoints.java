package hinomi.server;

import hinomi.alertengine.AlertEngine;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the console asks, answered by the parts: incidents, logs and measurements here, what is
/// about alerts in [PageGroupJoints], [WatchJoints] and [SilenceJoints].
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

  /// @param zone in which times are said
  /// @param longestSilence how long a silence may last
  ConsolePorts ports(ConsolePorts.Addresses addresses, ZoneId zone, Duration longestSilence) {
    return new ConsolePorts(
        new PageGroupJoints(alerts).ports(),
        new WatchJoints(alerts, zone).ports(),
        new SilenceJoints(alerts, longestSilence).ports(),
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
