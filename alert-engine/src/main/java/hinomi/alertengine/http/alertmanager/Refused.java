package hinomi.alertengine.http.alertmanager;

import hinomi.web.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request that does not have the form that the contract asks for, answered as go-openapi does:
/// `{"code":602,"message":"labels in body is required"}`.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// go-openapi/errors: of the wrong type, missing, too few items.
  static final int TYPE = 601;

  static final int REQUIRED = 602;
  static final int TOO_FEW = 612;

  private final int status;
  private final int code;

  private Refused(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Refused invalid(int code, String message) {
    return new Refused(422, code, message);
  }

  static Refused unreadable(String what, String why) {
    return new Refused(400, 400, "parsing " + what + " body from \"\" failed, because " + why);
  }

  static Refused mediaType(String type) {
    return new Refused(
        415,
        415,
        "unsupported media type \"%s\", only [application/json] are allowed".formatted(type));
  }

  Reply reply() {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("code", code);
    shape.put("message", String.valueOf(getMessage()));
    return Reply.json(status, shape);
  }
}
