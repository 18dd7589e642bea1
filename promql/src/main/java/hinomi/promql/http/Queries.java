package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Questions in PromQL: `query`, `query_range`, `format_query`, `parse_query`. A query ends when
/// its client goes away.
final class Queries {
  private final PromQl promQl;
  private final Time time;

  Queries(PromQl promQl, Time time) {
    this.promQl = promQl;
    this.time = time;
  }

  Reply instant(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
    Instant at = params.time(time.now());
    PromQl.Options options = options(params);
    String query = params.text("query");
    inQuery(() -> PromQl.check(query));
    return reply(request, limit, () -> promQl.instant(query, at, options));
  }

  Reply range(Request request) {
    Params params = new Params(request);
    int limit = params.limit();
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
    PromQl.Options options = options(params);
    String query = params.text("query");
    inQuery(() -> PromQl.checkRange(query));
    return reply(request, limit, () -> promQl.range(query, start, end, step, options));
  }

  static Reply format(Request request) {
    String query = new Params(request).text("query");
    inQuery(() -> PromQl.check(query));
    return Answers.success(PromQl.format(query));
  }

  static Reply parse(Request request) {
    String query = new Params(request).text("query");
    inQuery(() -> PromQl.check(query));
    return Answers.success(PromQl.tree(query));
  }

  private PromQl.Options options(Params params) {
    PromQl.Options configured = promQl.options();
    Duration timeout = params.duration("timeout", configured.timeout());
    return configured.with(timeout, params.lookback(configured.lookback()));
  }

  static void inQuery(Runnable check) {
    try {
      check.run();
    } catch (BadInput e) {
      throw Params.wrong("query", e.reason());
    }
  }

  private Reply reply(Request request, int limit, Supplier<Answer> work) {
    Answer answer;
    try (Cancel _ = request.connection().onClosed(Thread.currentThread()::interrupt)) {
      answer = work.get();
    }
    JsonBytes json = new JsonBytes(AnswerText.expected(answer));
    json.raw("{\"status\":\"success\",\"data\":{");
    boolean truncated = AnswerText.write(answer, limit, json);
    json.raw("}");
    List<String> warnings = new ArrayList<>(answer.warnings());
    if (truncated) {
      warnings.add(Answers.TRUNCATED);
    }
    Answers.notes("warnings", warnings, json);
    Answers.notes("infos", answer.infos(), json);
    return Answers.json(json.raw("}"));
  }
}
