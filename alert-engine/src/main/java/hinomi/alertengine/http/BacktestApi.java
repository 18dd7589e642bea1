package hinomi.alertengine.http;

import hinomi.alertengine.backtest.Backtest;
import hinomi.alertengine.backtest.BacktestPorts;
import hinomi.alertengine.backtest.Backtests;
import hinomi.alertengine.backtest.Plan;
import hinomi.alertengine.backtest.Report;
import hinomi.alertengine.backtest.ReportShape;
import hinomi.alertengine.backtest.ReportText;
import hinomi.model.BadInput;
import hinomi.model.Language;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `POST /api/hinomi/v1/backtest` begins one; `GET …/{id}` tells how far it is, `GET …/{id}/report`
/// what came of it (`format`: `json`, `text`, `log-before`, `log-after`; `lang`: `ja`, `en`);
/// `DELETE …/{id}` ends it.
public final class BacktestApi {
  private static final long MAX_QUESTION = 16 << 20;

  private final Backtests backtests;
  private final Supplier<BacktestPorts> present;
  private final Time time;

  /// @param present with the configuration in force, asked for each backtest
  public BacktestApi(Backtests backtests, Supplier<BacktestPorts> present, Time time) {
    this.backtests = backtests;
    this.present = present;
    this.time = time;
  }

  public void routes(Routes routes) {
    routes
        .post("/api/hinomi/v1/backtest", MAX_QUESTION, this::start)
        .get("/api/hinomi/v1/backtest/{id}", this::state)
        .get("/api/hinomi/v1/backtest/{id}/report", this::report)
        .delete("/api/hinomi/v1/backtest/{id}", this::cancel);
  }

  private Reply start(Request request) {
    BacktestPorts ports = present.get();
    Plan plan = BacktestQuestion.read(request.text(), ports, time.now());
    Backtest backtest =
        new Backtest(
            ports.history(),
            ports.logs(),
            ports.grammar(),
            ports.noted().between(plan.from(), plan.to()));
    return Reply.json(202, shape(backtests.start(backtest, plan)));
  }

  private Reply state(Request request) {
    return Reply.json(shape(backtests.state(request.captured("id"))));
  }

  private static Map<String, Object> shape(Backtests.State state) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", state.id());
    shape.put(
        "state", state.isRunning() ? "running" : state.report().isPresent() ? "done" : "failed");
    shape.put("progress", state.progress());
    if (!state.failure().isEmpty()) {
      shape.put("error", state.failure());
    }
    return shape;
  }

  private Reply report(Request request) {
    Report report =
        backtests
            .state(request.captured("id"))
            .report()
            .orElseThrow(() -> new BadInput("this backtest has no report yet"));
    String format = request.param("format").orElse("json");
    Language language = request.param("lang").orElse("ja").equals("en") ? Language.EN : Language.JA;
    return switch (format) {
      case "json" -> Reply.json(ReportShape.of(report)).gzippedFor(request);
      case "text" -> Reply.text(200, ReportText.of(report, language));
      case "log-before" -> lines(report.before().course().log()).gzippedFor(request);
      case "log-after" -> lines(report.after().course().log()).gzippedFor(request);
      default ->
          throw new BadInput(
              "format: expected json, text, log-before or log-after, got \"" + format + "\"");
    };
  }

  /// A log as text.
  static Reply lines(List<String> lines) {
    return Reply.text(200, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private Reply cancel(Request request) {
    backtests.cancel(request.captured("id"));
    return Reply.empty(204);
  }
}
