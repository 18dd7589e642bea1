package hinomi.web;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Missing;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import hinomi.model.Unsupported;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where a failure becomes an HTTP status.
public final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /// The status of an expected failure.
  public static int status(Failure failure) {
    return switch (failure) {
      case BadInput _ -> 400;
      case Missing _ -> 404;
      case Unsupported _ -> 415;
      case OverLimit over ->
          switch (over.kind()) {
            case RATE -> 429;
            case SIZE -> 413;
            case COST -> 422;
          };
      case Unavailable _ -> 503;
    };
  }

  /// The plain answer to an expected failure, for those who have a header to add.
  public static Reply reply(Failure failure) {
    Reply reply = Reply.text(status(failure), failure.reason() + "\n");
    return switch (failure) {
      case OverLimit over when over.kind() == OverLimit.Kind.RATE ->
          reply.with("Retry-After", Long.toString(Math.max(1, over.retryAfter().toSeconds())));
      case Unavailable _ -> reply.with("Retry-After", "1");
      default -> reply;
    };
  }

  /// The plain answer to anything that was thrown.
  static Reply reply(Request request, Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return reply(failure);
    }
    log.atError()
        .addKeyValue("method", request.method())
        .addKeyValue("path", request.path())
        .setCause(thrown)
        .log("request failed");
    return Reply.text(500, "internal error; the server's log has the cause\n");
  }
}
