package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.QueryStats;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Questions in PromQL: `query`, `query_range`, `format_query`, `parse_query`. A query ends when
/// its client goes away.
final class Queries {
  private final PromQl promQl;
  private final int maxAnswer;
  private final Time time;

  Queries(PromQl promQl, int maxAnswer, Time time) {
    this.promQl = promQl;
    this.maxAnswer = maxAnswer;
    this.time = time;
  }

  Reply instant(Request request) {
    Params params = new Params(request);
    Task task = new Task(request, params);
    Instant at = params.time(time.now());
    PromQl.Options options = options(request, params, task);
    String query = params.text("query");
    inQuery(() -> promQl.understand(query));
    return task.untilGone(() -> promQl.instant(query, at, options, task::reply));
  }

  Reply range(Request request) {
    Params params = new Params(request);
    Task task = new Task(request, params);
    Instant start = params.time("start");
    Instant end = params.time("end");
    if (end.isBefore(start)) {
      throw Params.wrong("end", "end timestamp must not be before start time");
    }
    Duration step = params.duration("step");
    if (!step.isPositive()) {
      throw Params.wrong(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive"
              + " integer");
    }
    PromQl.Options options = options(request, params, task);
    String query = params.text("query");
    inQuery(() -> promQl.understandRange(query));
    return task.untilGone(
        () -> promQl.range(query, new PromQl.Steps(start, end, step), options, task::reply));
  }

  Reply format(Request request) {
    String query = new Params(request).text("query");
    inQuery(() -> promQl.understand(query));
    return Envelope.success(PromQl.format(query));
  }

  Reply parse(Request request) {
    String query = new Params(request).text("query");
    inQuery(() -> promQl.understand(query));
    return Envelope.success(PromQl.tree(query));
  }

  private PromQl.Options options(Request request, Params params, Task task) {
    PromQl.Options configured = promQl.options();
    Duration timeout = params.duration("timeout", configured.timeout());
    return configured
        .with(timeout, params.lookback(configured.lookback()))
        .of(request.remote(), request.connection()::gone)
        .answering(maxAnswer / AnswerText.SHORTEST_POINT)
        .telling(stats -> task.stats = Optional.of(stats));
  }

  private static void inQuery(Runnable check) {
    try {
      check.run();
    } catch (BadInput e) {
      throw Params.wrong("query", e.reason());
    }
  }

  /// One query on its way to its answer. One thread.
  private final class Task {
    private final Request request;
    private final int limit;
    private final boolean statsWanted;
    private final long begin = time.nanos();
    private Optional<QueryStats> stats = Optional.empty();

    Task(Request request, Params params) {
      this.request = request;
      this.limit = params.limit();
      this.statsWanted = !params.text("stats").isEmpty();
    }

    /// Interrupted when the client goes, for the query may be waiting for its turn.
    Reply untilGone(Supplier<Reply> work) {
      try (Cancel _ = request.connection().onClosed(Thread.currentThread()::interrupt)) {
        return work.get();
      }
    }

    Reply reply(Answer answer) {
      JsonBytes json = new JsonBytes(AnswerText.expected(answer), maxAnswer);
      json.raw("{\"status\":\"success\",\"data\":{");
      boolean truncated = AnswerText.write(answer, limit, json);
      if (statsWanted) {
        stats.ifPresent(told -> write(told, json));
      }
      json.raw("}");
      List<String> warnings = new ArrayList<>(answer.warnings());
      if (truncated) {
        warnings.add(Envelope.TRUNCATED);
      }
      Envelope.notes("warnings", warnings, json);
      Envelope.notes("infos", answer.infos(), json);
      return Envelope.json(json.raw("}"));
    }

    /// In Prometheus' words: what is not waiting and not evaluating is preparation; sorting is part
    /// of evaluating here.
    private void write(QueryStats told, JsonBytes json) {
      double whole = (time.nanos() - begin) / 1e9;
      double waited = told.waited().toNanos() / 1e9;
      double inner = told.evaluated().toNanos() / 1e9;
      json.raw(",\"stats\":{\"timings\":{\"evalTotalTime\":").number(whole - waited);
      json.raw(",\"resultSortTime\":0,\"queryPreparationTime\":")
          .number(Math.max(0, whole - waited - inner));
      json.raw(",\"innerEvalTime\":").number(inner);
      json.raw(",\"execQueueTime\":").number(waited);
      json.raw(",\"execTotalTime\":").number(whole);
      json.raw("},\"samples\":{\"totalQueryableSamples\":").whole(told.samplesRead());
      json.raw(",\"peakSamples\":").whole(told.peakSamples()).raw("}}");
    }
  }
}
