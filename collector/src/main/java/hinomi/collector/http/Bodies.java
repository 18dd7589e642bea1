package hinomi.collector.http;

import hinomi.web.Request;
import hinomi.wire.Encodings;

/// Takes the compression off a request's body, under the limits.
record Bodies(Encodings.Limits limits) {
  /// By the `Content-Encoding` header; none means that nothing was applied.
  byte[] decoded(Request request) {
    return Encodings.decode(request.header("Content-Encoding").orElse(""), request.body(), limits);
  }
}
