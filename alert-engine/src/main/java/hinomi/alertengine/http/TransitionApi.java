package hinomi.alertengine.http;

import hinomi.alertengine.backtest.Backtest;
import hinomi.alertengine.journal.TransitionTable;
import hinomi.model.BadInput;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// `GET /api/hinomi/v1/transitions?from=&to=&limit=`: the transition log, oldest first, as text.
/// Without times, that of the last day.
public final class TransitionApi {
  private static final Duration DAY = Duration.ofDays(1);

  private final TransitionTable table;
  private final Time time;

  public TransitionApi(TransitionTable table, Time time) {
    this.table = table;
    this.time = time;
  }

  public void routes(Routes routes) {
    routes.get("/api/hinomi/v1/transitions", this::transitions);
  }

  private Reply transitions(Request request) {
    Instant now = time.now();
    Instant from = request.param("from").map(text -> at("from", text)).orElse(now.minus(DAY));
    Instant to = request.param("to").map(text -> at("to", text)).orElse(now);
    int limit = request.param("limit").map(TransitionApi::limit).orElse(Backtest.MOST_LINES);
    return BacktestApi.lines(table.between(from, to, limit)).gzippedFor(request);
  }

  private static int limit(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new BadInput("limit: expected a number, got \"" + text + "\"");
    }
    return Math.clamp(Integer.parseInt(text), 1, Backtest.MOST_LINES);
  }

  private static Instant at(String key, String text) {
    try {
      return text.matches("\\d+(\\.\\d+)?")
          ? Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInput(
          key
              + ": expected seconds since the epoch or a time like 2026-03-02T10:00:00Z, got \""
              + text
              + "\"");
    }
  }
}
