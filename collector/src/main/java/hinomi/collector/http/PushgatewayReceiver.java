package hinomi.collector.http;

import hinomi.collector.Collector;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Missing;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.wire.Exposition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The Pushgateway's API (github.com/prometheus/pushgateway, "API"): the grouping labels stand in
/// the path, `/metrics/job/JOB{/LABEL/VALUE}`, a label's name may end in `@base64`. 200 for a push,
/// 202 for a deletion, 400 for a body that cannot be taken, of which then nothing counts as pushed.
final class PushgatewayReceiver {
  private static final String PREFIX = "/metrics/";
  private static final String BASE64 = "@base64";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final Collector collector;
  private final Bodies bodies;

  PushgatewayReceiver(Collector collector, Bodies bodies) {
    this.collector = collector;
    this.bodies = bodies;
  }

  Reply put(Request request) {
    return push(request, true);
  }

  Reply post(Request request) {
    return push(request, false);
  }

  private Reply push(Request request, boolean whole) {
    Labels group = group(request.path());
    try {
      List<Exposition.Family> families = families(request);
      if (whole) {
        collector.pushed().replace(group, families);
      } else {
        collector.pushed().merge(group, families);
      }
      return Reply.empty(200);
    } catch (BadInput e) {
      collector.pushed().failed(group);
      throw e;
    }
  }

  Reply delete(Request request) {
    collector.pushed().delete(group(request.path()));
    return Reply.empty(202);
  }

  /// Delimited protobuf or OpenMetrics when the media type says so; any other is read as text
  /// 0.0.4, as curl sends it.
  private List<Exposition.Family> families(Request request) {
    byte[] body = bodies.decoded(request);
    return switch (request.contentType()) {
      case "application/vnd.google.protobuf" -> Exposition.parseDelimited(body);
      case "application/openmetrics-text" -> Exposition.parse(body, Exposition.Dialect.OPENMETRICS);
      default -> Exposition.parse(body);
    };
  }

  /// The path arrives as it was sent: a `%2F` in a value divides nothing.
  static Labels group(String path) {
    String[] segments = path.substring(PREFIX.length()).split("/", -1);
    if (!segments[0].equals("job") && !segments[0].equals("job" + BASE64)) {
      throw new Missing("pushed groups are at /metrics/job/JOB{/LABEL/VALUE}");
    }
    if (segments.length % 2 != 0) {
      throw new BadInput("label \"" + segments[segments.length - 1] + "\" has no value");
    }
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < segments.length; i += 2) {
      String name = unescaped(segments[i]);
      String value = unescaped(segments[i + 1]);
      if (name.endsWith(BASE64)) {
        name = name.substring(0, name.length() - BASE64.length());
        value = base64(value);
      }
      if (!NAME.matcher(name).matches() || name.startsWith("__")) {
        throw new BadInput("\"" + name + "\" is not the name of a grouping label");
      }
      labels.add(name, value);
    }
    Labels group = labels.build();
    if (!group.has("job")) {
      throw new BadInput("the job's name is empty");
    }
    return group;
  }

  private static String unescaped(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadInput("bad percent-encoding in \"" + segment + "\"", e);
    }
  }

  /// URL-safe, padding optional; a single `=` stands for the empty value.
  private static String base64(String value) {
    String digits = value.replace("=", "");
    try {
      return new String(Base64.getUrlDecoder().decode(digits), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadInput("\"" + value + "\" is not URL-safe base64", e);
    }
  }
}
